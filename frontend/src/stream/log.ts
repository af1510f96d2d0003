import type { NumberedEvent } from "../wire/index.js";

export interface LogOptions {
  /** Called once for each entry, in number order. */
  readonly deliver: (event: NumberedEvent) => void;
  /** Entries after this number are missing: read them and give the answer to `answered`, or call `failed`. */
  readonly ask: (after: number) => void;
}

/**
 * One conversation's numbers. A push only carries what a read by number would give, so the rule is short: the next
 * number is delivered, a smaller one was seen, a larger one means that something is missing. No I/O.
 */
export class Log {
  readonly #options: LogOptions;
  #position = 0;
  #known = 0;
  #isAsking = false;

  constructor(options: LogOptions) {
    this.#options = options;
  }

  /** The number up to which everything has been delivered. */
  get position(): number {
    return this.#position;
  }

  /** Nothing is known to be missing. */
  get isLevel(): boolean {
    return this.#position >= this.#known;
  }

  take(event: NumberedEvent): void {
    this.#known = Math.max(this.#known, event.number);
    if (event.number <= this.#position) return;
    if (this.#isNext(event)) this.#deliver(event);
    else this.#ask();
  }

  /** A heartbeat or a snapshot told the newest number: so a lost push is noticed. */
  newest(number: number): void {
    this.#known = Math.max(this.#known, number);
    if (!this.isLevel) this.#ask();
  }

  /** What a read gave. Asks on while it makes progress; one that brings nothing new waits for the next `newest`. */
  answered(events: readonly NumberedEvent[], newest: number): void {
    this.#isAsking = false;
    const before = this.#position;
    this.#known = Math.max(this.#known, newest);
    for (const event of events) {
      if (this.#isNext(event)) this.#deliver(event);
    }
    if (this.#position > before && !this.isLevel) this.#ask();
  }

  failed(): void {
    this.#isAsking = false;
  }

  /** After `ended` there is no log any more to read missing ones from: it may come next whatever its number. */
  #isNext(event: NumberedEvent): boolean {
    const isNew = event.number > this.#position;
    return event.number === this.#position + 1 || (isNew && event.event === "ended");
  }

  #deliver(event: NumberedEvent): void {
    this.#position = event.number;
    this.#options.deliver(event);
  }

  #ask(): void {
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#options.ask(this.#position);
  }
}
