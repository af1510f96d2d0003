/** Where the visitor of one conversation is: the chip in its header, and what is told aloud of it. */
import { h } from "../ui/index.js";
import type { Presence } from "../wire/index.js";
import {
  announcement,
  backAfter,
  chipWords,
  mayPark,
  type Patience,
  type ShownPresence,
} from "./presence.js";
import { presenceIcon } from "./presence-mark.js";
import type { ConsoleKey, ConsoleWords } from "./words.js";

export interface VisitorPresenceOptions {
  readonly words: ConsoleWords;
  /** The service's clock, in ms. */
  readonly now: () => number;
  readonly patience: Patience;
  /** The visitor is here again after so many minutes. `isLive`: just now, under the eyes of this page. */
  readonly onBack: (minutes: number, isLive: boolean) => void;
}

/** The mark of a chip whose state is so: what holds is filled, what may need somebody is lamplight, the rest is dim. */
const MARKS: Readonly<Record<ShownPresence, string>> = {
  here: "chip-fine",
  hidden: "chip-dim",
  unreachable: "chip-wait",
  left: "chip-wait",
  unknown: "chip-dim",
};

export class VisitorPresence {
  readonly element: HTMLElement;
  readonly #options: VisitorPresenceOptions;
  readonly #chip = h("span");
  /** Apart from the chip, whose minutes move on without being told aloud. */
  readonly #status = h("span", { class: "visually-hidden", role: "status" });
  #presence: Presence | undefined;
  #isFirst = true;
  /** The instant of the last return that was told. */
  #told = 0;

  constructor(options: VisitorPresenceOptions) {
    this.#options = options;
    this.element = h("p", { class: "presence" }, this.#chip, this.#status);
    this.#draw();
  }

  get mayPark(): boolean {
    return mayPark(this.#presence, this.#options.now(), this.#options.patience);
  }

  take(presence: Presence): void {
    const told = announcement(this.#state, presence.state);
    this.#presence = presence;
    this.#draw();
    if (told) this.#status.textContent = this.#named(told);
    this.#tellReturn(presence);
    this.#isFirst = false;
  }

  /** This page has lost its own connection: where the visitor is can't be known. */
  lost(): void {
    this.#presence = undefined;
    this.#draw();
  }

  /** The minutes move on. */
  tick(): void {
    this.#draw();
  }

  /** The conversation is over, and the visitor's whereabouts are nobody's business any more. */
  over(): void {
    this.#presence = undefined;
    this.element.hidden = true;
    this.#status.textContent = "";
  }

  get #state(): ShownPresence {
    return this.#presence?.state ?? "unknown";
  }

  #tellReturn(presence: Presence): void {
    const { now, patience, onBack } = this.#options;
    const minutes = backAfter(presence, this.#told, now(), patience);
    if (minutes === undefined) return;
    this.#told = presence.since;
    onBack(minutes, !this.#isFirst);
  }

  #draw(): void {
    const { words, now } = this.#options;
    const { key, minutes } = chipWords(this.#presence, now());
    const time = minutes === 0 ? "" : ` · ${words("lasted", { minutes })}`;
    this.element.dataset["presence"] = this.#state;
    this.#chip.className = `chip ${MARKS[this.#state]}`;
    const who = h("span", { class: "visually-hidden" }, `${words("visitor")}: `);
    this.#chip.replaceChildren(presenceIcon(this.#state), who, `${words(key)}${time}`);
  }

  #named(key: ConsoleKey): string {
    const { words } = this.#options;
    return `${words("visitor")}: ${words(key)}`;
  }
}
