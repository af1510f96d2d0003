import { type ConversationKey, sealKey } from "../crypto/index.js";
import { Backoff } from "../stream/index.js";
import { type Accepted, type Call, Refused, type Returned } from "../wire/index.js";

/** What asks for the conversation key: a helper's acceptance, or their return with another key pair. */
export type Asking = Accepted | Returned;

export interface KeyShareOptions {
  readonly conversation: string;
  readonly key: ConversationKey;
  readonly call: Call;
  /** The server has the key sealed for who asked with this number: they can read what is said from now on. */
  readonly onShared: (number: number) => void;
}

/** The visitor's part: seals the conversation key to the newest public key of the helper, and sees it through. */
export class KeyShare {
  readonly #options: KeyShareOptions;
  readonly #backoff = new Backoff();
  #newest = 0;

  constructor(options: KeyShareOptions) {
    this.#options = options;
  }

  /** Idempotent: who asks is offered the key once, and an older asking is dropped for a newer one. */
  offer(asking: Asking): void {
    if (asking.number <= this.#newest) return;
    this.#newest = asking.number;
    void this.#share(asking);
  }

  wake(): void {
    this.#backoff.wake();
  }

  stop(): void {
    this.#newest = Number.POSITIVE_INFINITY;
    this.#backoff.wake();
  }

  async #share({ number, participant: recipient, public_key: publicKey }: Asking): Promise<void> {
    const { conversation, key, call, onShared } = this.#options;
    // Once: sealed anew it would be other bytes, and the first ones count.
    const sealed = await sealKey(key, { conversation, recipient, publicKey });
    while (number === this.#newest) {
      try {
        await call("key", { conversation, recipient, sealed, answers: number });
        return onShared(number);
      } catch (error) {
        // `message_differs`: an earlier try of ours did arrive. Any other no is final; what comes next says why.
        if (error instanceof Refused && error.code === "message_differs") return onShared(number);
        if (error instanceof Refused && !error.isPassing) return;
      }
      await this.#backoff.pause();
    }
  }
}
