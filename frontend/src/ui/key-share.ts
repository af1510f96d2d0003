import { type ConversationKey, sealKey } from "../crypto/index.js";
import { Backoff } from "../stream/index.js";
import { type Accepted, type Call, Refused } from "../wire/index.js";

export interface KeyShareOptions {
  readonly conversation: string;
  readonly key: ConversationKey;
  readonly call: Call;
  /** The server has this person's sealed key: what is said from now on can be read by them. */
  readonly onShared: (recipient: string) => void;
}

/** The visitor's part at acceptance: seals the conversation key to the helper's public key and sees it through. */
export class KeyShare {
  readonly #options: KeyShareOptions;
  readonly #backoff = new Backoff();
  #recipient: string | undefined;
  #isOver = false;

  constructor(options: KeyShareOptions) {
    this.#options = options;
  }

  /** Idempotent: the same helper is offered the key once. */
  offer({ participant, public_key: publicKey }: Accepted): void {
    if (participant === this.#recipient) return;
    this.#recipient = participant;
    void this.#share(participant, publicKey);
  }

  wake(): void {
    this.#backoff.wake();
  }

  stop(): void {
    this.#isOver = true;
    this.#backoff.wake();
  }

  async #share(recipient: string, publicKey: string): Promise<void> {
    const { conversation, key, onShared } = this.#options;
    // Once: sealed anew it would be other bytes, and the first ones count.
    const sealed = await sealKey(key, { conversation, recipient, publicKey });
    while (!(this.#isOver || (await this.#isTaken({ conversation, recipient, sealed })))) {
      await this.#backoff.pause();
    }
    if (!this.#isOver) onShared(recipient);
  }

  async #isTaken(body: { conversation: string; recipient: string; sealed: string }): Promise<boolean> {
    try {
      await this.#options.call("key", body);
      return true;
    } catch (error) {
      if (!(error instanceof Refused) || error.isPassing) return false;
      // `message_differs`: an earlier try of ours did arrive. Any other no is final, and the stream will say why.
      this.#isOver ||= error.code !== "message_differs";
      return true;
    }
  }
}
