import { h, icon } from "../ui/index.js";
import type { WidgetWords } from "./words.js";

const BACK_MS = 4000;
/** A deploy in mid-talk, or a change of network, is a blink that nobody need hear of; safety 30 gives 20 s in all. */
const BLINK_MS = 1500;
const BROKEN = "M4 4l16 16M4 10a12 12 0 0 1 4-3M20 10a12 12 0 0 0-8-4M8 14a6 6 0 0 1 2-1.4M12 19h.01";

const LOST = ["connection_lost", "helper_away"] as const;
type Lost = (typeof LOST)[number];

/** The line on the sill that says whose connection is lost, and shortly that it is back; else nothing. */
export class Connection {
  readonly element: HTMLElement;
  readonly #words: WidgetWords;
  readonly #lost = new Set<Lost>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;
  /** Whether one's own page is connected, and whether the helper's is. */
  readonly own: (isThere: boolean) => void;
  readonly helper: (isThere: boolean) => void;

  constructor(words: WidgetWords, onOwn: (isThere: boolean) => void) {
    this.#words = words;
    this.element = h("p", { class: "connection", role: "status", "aria-label": words("connection_name") });
    this.own = toldLate((isThere) => {
      if (!this.#isOver) onOwn(isThere);
      this.#tell("connection_lost", isThere);
    });
    this.helper = toldLate((isThere) => this.#tell("helper_away", isThere));
  }

  /** There is no connection any more to tell of: what was about to be told isn't. */
  stop(): void {
    this.#isOver = true;
    this.own(true);
    this.helper(true);
    clearTimeout(this.#timer);
  }

  /** One's own connection comes first: without it nobody knows of the other's. */
  #tell(lost: Lost, isBack: boolean): void {
    clearTimeout(this.#timer);
    this.#lost[isBack ? "delete" : "add"](lost);
    const still = LOST.find((one) => this.#lost.has(one));
    this.element.classList.toggle("connection-back", !still);
    if (still) this.element.replaceChildren(icon(BROKEN), this.#words(still));
    else {
      this.element.replaceChildren(this.#words("connection_back"));
      this.#timer = setTimeout(() => this.element.replaceChildren(), BACK_MS);
    }
  }
}

/** Passes on that something is lost when it has been for a while, and that it is back if that was told. */
function toldLate(tell: (isThere: boolean) => void): (isThere: boolean) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isTold = false;
  return (isThere) => {
    if (!isThere) {
      timer ??= setTimeout(() => {
        isTold = true;
        tell(false);
      }, BLINK_MS);
      return;
    }
    clearTimeout(timer);
    timer = undefined;
    if (isTold) tell(true);
    isTold = false;
  };
}
