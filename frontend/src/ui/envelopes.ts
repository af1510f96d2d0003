import {
  CannotOpen,
  type ConversationKey,
  type OpenedMessage,
  openMessage,
  sealMessage,
} from "../crypto/index.js";
import type { SealedMessage } from "../wire/index.js";

/**
 * Seals and opens one conversation's messages, and counts them: each sender numbers their own, so that a message left
 * out or repeated by the server on the way is noticed.
 */
export class Envelopes {
  readonly #conversation: string;
  readonly #counters = new Map<string, number>();
  #key: ConversationKey | undefined;

  constructor(conversation: string, key: ConversationKey | undefined) {
    this.#conversation = conversation;
    this.#key = key;
  }

  /** Whether anything can be sealed or opened. */
  get hasKey(): boolean {
    return this.#key !== undefined;
  }

  takeKey(key: ConversationKey): void {
    this.#key = key;
  }

  forgetKey(): void {
    this.#key?.forget();
    this.#key = undefined;
  }

  async seal(sender: string, id: string, text: string): Promise<SealedMessage> {
    if (!this.#key) throw new CannotOpen();
    const counter = this.#last(sender) + 1;
    this.#counters.set(sender, counter);
    const message = { conversation: this.#conversation, sender, id, counter, text };
    return { id, sealed: await sealMessage(this.#key, message) };
  }

  /** The text, if it opens, and whether the sender's message before this one is the one that was seen. */
  async open(sender: string, { id, sealed }: SealedMessage): Promise<{ text?: string; follows: boolean }> {
    const opened = await this.#open({ conversation: this.#conversation, sender, id }, sealed);
    const last = this.#last(sender);
    // One that doesn't open has taken its turn all the same.
    const counter = opened?.counter ?? last + 1;
    this.#counters.set(sender, Math.max(last, counter));
    const follows = counter === last + 1;
    return opened ? { text: opened.text, follows } : { follows };
  }

  async #open(
    place: { conversation: string; sender: string; id: string },
    sealed: string,
  ): Promise<OpenedMessage | undefined> {
    try {
      return this.#key && (await openMessage(this.#key, place, sealed));
    } catch (error) {
      if (error instanceof CannotOpen) return undefined;
      throw error;
    }
  }

  #last(sender: string): number {
    return this.#counters.get(sender) ?? 0;
  }
}
