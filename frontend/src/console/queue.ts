import { h } from "../ui/index.js";
import type { Waiting, WaitingVisitor } from "../wire/index.js";
import { type Counts, type HelperNow, hindrance } from "./acceptance.js";
import type { LineShown } from "./data.js";
import { minutesBetween } from "./minutes.js";
import { isAway } from "./presence.js";
import { presenceIcon } from "./presence-mark.js";
import type { ConsoleWords } from "./words.js";

export interface QueueOptions {
  readonly lines: readonly LineShown[];
  readonly words: ConsoleWords;
  /** The service's clock, in ms. */
  readonly now: () => number;
  readonly onAccept: (line: string) => void;
}

type Shown = Pick<Waiting, "visitors"> & Counts;

const NOBODY: Shown = { visitors: [], count: 0, present: 0, present_for_peers: 0 };

/** The region **Waiting**: for each line who waits, for how long, and the button that accepts the next one. */
export class Queue {
  readonly #region: HTMLElement;
  readonly #lines = new Map<string, Line>();

  constructor(region: HTMLElement, options: QueueOptions) {
    this.#region = region;
    for (const shown of options.lines) {
      const line = new Line(shown, options);
      this.#lines.set(shown.code, line);
      region.append(line.element);
    }
  }

  /** Who waits on a line now, first come first. A line that isn't this helper's is left out. */
  show(waiting: Shown & Pick<Waiting, "line">): void {
    this.#lines.get(waiting.line)?.show(waiting);
  }

  /** The duty is over: who waits is not this helper's to know any more. */
  clear(): void {
    for (const line of this.#lines.values()) line.show(NOBODY);
  }

  /** What the helper may do now; without a connection the rows may be old, and the region says so. */
  allow(helper: HelperNow): void {
    this.#region.toggleAttribute("data-stale", !helper.isConnected);
    for (const line of this.#lines.values()) line.allow(helper);
  }

  /** The waiting times move on. */
  tick(): void {
    for (const line of this.#lines.values()) line.tick();
  }

  /** How many wait on all lines. */
  get count(): number {
    return [...this.#lines.values()].reduce((sum, line) => sum + line.waiting.count, 0);
  }
}

class Line {
  readonly element: HTMLElement;
  readonly #options: QueueOptions;
  readonly #count = h("span", { class: "numeral" }, "0");
  readonly #rows = h("ol");
  readonly #why: HTMLElement;
  readonly #button: HTMLButtonElement;
  #helper: HelperNow | undefined;
  waiting: Shown = NOBODY;

  constructor(line: LineShown, options: QueueOptions) {
    this.#options = options;
    const why = `why-${line.code}`;
    this.#why = h("p", { id: why, class: "waiting-why" });
    this.#button = h(
      "button",
      {
        class: "button button-go button-wide",
        type: "button",
        "aria-describedby": why,
        onclick: () => options.onAccept(line.code),
      },
      options.words("accept_next"),
    );
    // A group and its name, not a heading alone: "Accept next" is then heard with the line it belongs to.
    this.element = h(
      "div",
      { class: "waiting-line", role: "group", "aria-label": line.name },
      h("h3", {}, line.name, this.#count),
      this.#rows,
      this.#button,
      this.#why,
    );
    this.#judge();
  }

  show(waiting: Shown): void {
    const { visitors } = waiting;
    this.waiting = waiting;
    this.#count.textContent = this.#counted(waiting);
    this.#rows.replaceChildren(...visitors.map((visitor, at) => this.#row(visitor, at + 1)));
    this.#judge();
  }

  allow(helper: HelperNow): void {
    this.#helper = helper;
    this.#judge();
  }

  tick(): void {
    for (const [at, row] of [...this.#rows.children].entries()) {
      const visitor = this.waiting.visitors[at];
      const time = row.querySelector("time");
      if (visitor && time) time.textContent = this.#waited(visitor);
    }
  }

  #judge(): void {
    const reason = this.#helper ? hindrance(this.#helper, this.waiting) : "no_connection";
    this.#button.disabled = reason !== undefined;
    this.#why.textContent = reason ? this.#options.words(reason) : "";
  }

  #row(visitor: WaitingVisitor, place: number): HTMLElement {
    const notes = this.#notes(visitor).join(" · ");
    return h(
      "li",
      { class: isAway(visitor.presence) ? "waiting-row waiting-away" : "waiting-row" },
      h("span", { class: "waiting-place numeral" }, String(place)),
      h("time", {}, this.#waited(visitor)),
      this.#presence(visitor),
      notes === "" ? undefined : h("small", {}, notes),
    );
  }

  /** A shape for each; who is here is expected to be, so that the word is left to those who don't see the shape. */
  #presence({ presence }: WaitingVisitor): HTMLElement {
    const word = h(
      "span",
      { class: presence === "here" && "visually-hidden" },
      this.#options.words(`presence_${presence}`),
    );
    return h("span", { class: "waiting-presence", "data-presence": presence }, presenceIcon(presence), word);
  }

  /** All who wait, and how many of them are away. */
  #counted({ count, present }: Shown): string {
    const away = count - present;
    return away === 0 ? `${count}` : `${count} · ${this.#options.words("of_them_away", { away })}`;
  }

  /** That the place is kept, the language when it isn't Finnish, and a wish for a professional. */
  #notes({ language, wants_professional, presence }: WaitingVisitor): string[] {
    const words = this.#options.words;
    return [
      ...(isAway(presence) ? [words("place_kept")] : []),
      ...(language === "fi" ? [] : [words(`writes_in_${language}`)]),
      ...(wants_professional ? [words("wants_professional")] : []),
    ];
  }

  #waited({ since }: WaitingVisitor): string {
    const minutes = minutesBetween(since, this.#options.now());
    return this.#options.words(minutes === 0 ? "waited_below_a_minute" : "waited", { minutes });
  }
}
