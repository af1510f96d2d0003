/** The lines' state, read again now and then: Start, and the lamp in the window, appear when somebody comes on duty. */

const EVERY_MS = 20_000;

/** A line as `/api/lines/` gives it; of its fields those that a page shows. */
export interface LineState {
  readonly code: string;
  readonly name: string;
  readonly is_open: boolean;
  readonly reason: string | null;
}

/** Reads while the page is seen. What can't be read leaves on the screen what was there. */
export class LineWatch<Line extends LineState> {
  readonly #address: string;
  readonly #onLines: (lines: readonly Line[]) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(address: string, onLines: (lines: readonly Line[]) => void) {
    this.#address = address;
    this.#onLines = onLines;
  }

  /** A quarter more or less each time, so that all pages of a day don't ask in step. */
  start(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#round(), EVERY_MS * (0.75 + Math.random() / 2));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #round(): Promise<void> {
    if (document.visibilityState === "visible") await this.read();
    if (this.#timer) this.start();
  }

  async read(): Promise<void> {
    try {
      const response = await fetch(this.#address, { cache: "no-store", credentials: "omit" });
      const { lines } = (await response.json()) as { lines: readonly Line[] };
      this.#onLines(lines);
    } catch {
      // The next round tries again.
    }
  }
}
