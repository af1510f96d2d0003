import { type LineState, localAddress, type WidgetData } from "./data.js";

const EVERY_MS = 20_000;

/**
 * Reads the lines' state again now and then, while the page is seen: Start appears when somebody comes on duty. A
 * quarter more or less each time, so that all pages of a day don't ask in step.
 */
export class LineWatch {
  readonly #address: string;
  readonly #onLines: (lines: readonly LineState[]) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ language }: WidgetData, onLines: (lines: readonly LineState[]) => void) {
    this.#address = localAddress(language, "/api/lines/");
    this.#onLines = onLines;
  }

  start(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#round(), EVERY_MS * (0.75 + Math.random() / 2));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Now, and then again and again. */
  async #round(): Promise<void> {
    if (document.visibilityState === "visible") await this.read();
    if (this.#timer) this.start();
  }

  /** What can't be read leaves on the screen what was there. */
  async read(): Promise<void> {
    try {
      const response = await fetch(this.#address, { cache: "no-store", credentials: "omit" });
      const { lines } = (await response.json()) as { lines: LineState[] };
      this.#onLines(lines);
    } catch {
      // The next round tries again.
    }
  }
}
