import { h, icon } from "../ui/index.js";
import type { WidgetWords } from "./words.js";

const BACK_MS = 4000;
const BROKEN = "M4 4l16 16M4 10a12 12 0 0 1 4-3M20 10a12 12 0 0 0-8-4M8 14a6 6 0 0 1 2-1.4M12 19h.01";

/** The line on the sill that says that the connection is lost, and shortly that it is back; else nothing. */
export class Connection {
  readonly element: HTMLElement;
  readonly #words: WidgetWords;
  #isLost = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(words: WidgetWords) {
    this.#words = words;
    this.element = h("p", { class: "connection", role: "status", "aria-label": words("connection_name") });
  }

  show(isThere: boolean): void {
    if (isThere !== this.#isLost) return;
    this.#isLost = !isThere;
    clearTimeout(this.#timer);
    this.element.classList.toggle("connection-back", isThere);
    if (isThere) {
      this.element.replaceChildren(this.#words("connection_back"));
      this.#timer = setTimeout(() => this.element.replaceChildren(), BACK_MS);
    } else this.element.replaceChildren(icon(BROKEN), this.#words("connection_lost"));
  }
}
