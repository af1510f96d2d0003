/** The line above the composer that says in words how a conversation stands, and holds **Close** after its end. */
import { h } from "../ui/index.js";
import type { EndedHow } from "../wire/index.js";
import type { ConsoleWords } from "./words.js";

/** The talk goes on, but not here: it was put aside, or this helper was away for too long. */
export type LetGo = "parked" | "helper_lost" | "duty_lost";
/** What is said of an end. `visitor_left_queue` never reaches a helper: nobody had accepted. */
export type Ending = Exclude<EndedHow, "visitor_left_queue"> | "over" | LetGo;

const LET_GO: readonly Ending[] = ["parked", "helper_lost", "duty_lost"];

export function shownEnding(how: EndedHow): Ending {
  return how === "visitor_left_queue" ? "over" : how;
}

/** A visitor's browser that is there seals the key within a second or two, also over a poor connection. */
const SILENT_MS = 20_000;

export class StateLine {
  readonly element: HTMLElement;
  readonly #words: ConsoleWords;
  readonly #text = h("p", { role: "status" });
  readonly #close: HTMLButtonElement;
  /** Runs while the key is waited for and nothing has been said of the other browser's silence. */
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(words: ConsoleWords, onClose: () => void) {
    this.#words = words;
    this.#close = h("button", { class: "button button-small button-go", type: "button" }, words("close"));
    this.#close.hidden = true;
    this.#close.addEventListener("click", onClose);
    this.element = h("div", { class: "banner" }, this.#text, this.#close);
  }

  /** The visitor's browser has to seal the key. If it is silent, that is said once, until the key comes after all. */
  waitsForKey(key: "waiting_for_key" | "sealing_again"): void {
    this.#say("wait", this.#words(key));
    this.#listen();
  }

  /** While this page's own connection was away, the other browser's silence said nothing. */
  connected(): void {
    if (this.#silence !== undefined) this.#listen();
  }

  /** Nothing new is accepted; both sides fetch what is left, for two minutes where the visitor can't be reached. */
  isEnding(how: Ending): void {
    this.#say("wait", this.#words(how));
  }

  /** All is well, which needs no words. */
  isWell(): void {
    this.#say("silent", "");
  }

  /** It is over. After a reload there is nothing to read of it. */
  isOver(how: Ending, isReadable: boolean): void {
    const stays = LET_GO.includes(how) ? "stays_here_until_close" : "stays_until_close";
    const left = this.#words(isReadable ? stays : "nothing_left");
    this.#say("note", `${this.#words(how)} ${left}`);
    this.#close.hidden = false;
  }

  /** **Close** was pressed; a second press changes nothing. False when it had been pressed before. */
  closes(): boolean {
    const isFirst = !this.#close.disabled;
    this.#close.disabled = true;
    return isFirst;
  }

  /** Nothing more is said of anybody's silence. */
  forget(): void {
    clearTimeout(this.#silence);
    this.#silence = undefined;
  }

  #listen(): void {
    this.forget();
    this.#silence = setTimeout(() => this.#say("wait", this.#words("visitor_silent")), SILENT_MS);
  }

  #say(kind: "wait" | "note" | "silent", text: string): void {
    this.forget();
    // Emptied, not hidden: a status that comes and goes isn't read out.
    this.element.className = `banner banner-${kind}`;
    this.#text.textContent = text;
  }
}
