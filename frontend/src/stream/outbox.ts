import {
  MAX_MESSAGES_PER_SAY,
  MAX_REQUEST_BYTES,
  type Numbers,
  Refused,
  type SealedMessage,
  Unreachable,
} from "../wire/index.js";
import { Backoff } from "./backoff.js";

export interface OutboxOptions {
  readonly send: (messages: readonly SealedMessage[]) => Promise<Numbers>;
  /** The server has it on disk, under this number. */
  readonly onSent: (id: string, number: number) => void;
  /** No answer yet; it is kept and sent again. */
  readonly onDelayed: (id: string) => void;
  /** The server said no, and would say it again. It isn't kept. Whose seat it is, or whether, the stream tells. */
  readonly onRejected: (id: string, error: Refused) => void;
  /** What is not acknowledged has changed. */
  readonly onChange?: (pending: readonly SealedMessage[]) => void;
}

/** Says nothing about the message: the talk has no helper just now, or this page no seat. What comes next decides. */
const NOT_NOW = ["out_of_state", "superseded", "unauthorised", "gone"];

/** Room for the names around the sealed bytes in one request. */
const SEALED_PER_REQUEST = MAX_REQUEST_BYTES - 1024;

/**
 * Sealed messages on their way. One request in flight, so they arrive in order; the very same bytes go out again under
 * the same id until the server has acknowledged them, so nothing is lost and nothing is doubled (safety 35, 36).
 *
 * Starts held: nothing leaves before `open()`, nor after `hold()`.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #backoff = new Backoff();
  #pending: readonly SealedMessage[] = [];
  #isOpen = false;
  #isSending = false;
  #isFailing = false;
  /** How often it was opened: an answer to what was sent before the last time doesn't hold it. */
  #openings = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** What is not acknowledged yet, oldest first. */
  get pending(): readonly SealedMessage[] {
    return this.#pending;
  }

  put(message: SealedMessage): void {
    this.#keep([...this.#pending, message]);
    if (this.#isFailing) this.#options.onDelayed(message.id);
    void this.#run();
  }

  /** From now on messages leave. */
  open(): void {
    this.#isOpen = true;
    this.#openings += 1;
    void this.#run();
  }

  /** Nothing leaves for now; all is kept. */
  hold(): void {
    this.#isOpen = false;
  }

  /** The connection is back: try at once. */
  wake(): void {
    this.#backoff.wake();
  }

  /** Nothing leaves any more; what was pending is given back. */
  stop(): readonly SealedMessage[] {
    const left = this.#pending;
    this.#isOpen = false;
    this.#keep([]);
    this.#backoff.wake();
    return left;
  }

  async #run(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    while (this.#isOpen && this.#pending.length > 0) {
      const passed = await this.#sendOnce(firstOf(this.#pending));
      if (!passed && this.#isOpen) await this.#backoff.pause();
    }
    this.#isSending = false;
  }

  /** True when the next try needs no pause. */
  async #sendOnce(batch: readonly SealedMessage[]): Promise<boolean> {
    const opening = this.#openings;
    try {
      const { numbers } = await this.#options.send(batch);
      // Somebody between may say yes, too: what has no number of the server's isn't on its disk.
      if (numbers.length !== batch.length) throw new Unreachable();
      this.#passed(batch);
      for (const [at, { id }] of batch.entries()) this.#options.onSent(id, numbers[at] as number);
      return true;
    } catch (error) {
      return this.#refused(batch, error, opening);
    }
  }

  #refused(batch: readonly SealedMessage[], error: unknown, opening: number): boolean {
    if (!(error instanceof Refused) || error.isPassing) {
      this.#delayed();
      return false;
    }
    if (NOT_NOW.includes(error.code)) {
      if (opening === this.#openings) this.hold();
      return true;
    }
    this.#passed(batch);
    for (const { id } of batch) this.#options.onRejected(id, error);
    return true;
  }

  #passed(batch: readonly SealedMessage[]): void {
    this.#isFailing = false;
    this.#backoff.reset();
    this.#keep(this.#pending.filter((message) => !batch.includes(message)));
  }

  #delayed(): void {
    this.#isFailing = true;
    for (const { id } of this.#pending) this.#options.onDelayed(id);
  }

  #keep(pending: readonly SealedMessage[]): void {
    this.#pending = pending;
    this.#options.onChange?.(pending);
  }
}

/** As many from the front as one request may hold, and at least one. */
function firstOf(pending: readonly SealedMessage[]): readonly SealedMessage[] {
  let size = 0;
  const end = pending.findIndex(({ sealed }, at) => {
    size += sealed.length;
    return at > 0 && (at >= MAX_MESSAGES_PER_SAY || size > SEALED_PER_REQUEST);
  });
  return end < 0 ? pending : pending.slice(0, end);
}
