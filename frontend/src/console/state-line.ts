/** The line above the composer that says in words how a conversation stands, and holds **Close** after its end. */
import { h } from "../ui/index.js";
import type { EndedHow } from "../wire/index.js";
import type { ConsoleWords } from "./words.js";

/** What is said of an end. `visitor_left_queue` never reaches a helper: nobody had accepted. */
export type Ending = Exclude<EndedHow, "visitor_left_queue"> | "over";

export function shownEnding(how: EndedHow): Ending {
  return how === "visitor_left_queue" ? "over" : how;
}

export class StateLine {
  readonly element: HTMLElement;
  readonly #words: ConsoleWords;
  readonly #text = h("p", { role: "status" });
  readonly #close: HTMLButtonElement;

  constructor(words: ConsoleWords, onClose: () => void) {
    this.#words = words;
    this.#close = h("button", { class: "button button-small button-go", type: "button" }, words("close"));
    this.#close.hidden = true;
    this.#close.addEventListener("click", onClose);
    this.element = h("div", { class: "banner" }, this.#text, this.#close);
  }

  /** It goes on, and something has to be waited for. */
  waits(key: "waiting_for_key" | "visitor_silent" | "ending"): void {
    this.#say("wait", this.#words(key));
  }

  /** All is well, which needs no words. */
  isWell(): void {
    this.#say("silent", "");
  }

  /** It is over. After a reload there is nothing to read of it. */
  isOver(how: Ending, isReadable: boolean): void {
    const left = this.#words(isReadable ? "stays_until_close" : "nothing_left");
    this.#say("note", `${this.#words(how)} ${left}`);
    this.#close.hidden = false;
  }

  /** **Close** was pressed; a second press changes nothing. False when it had been pressed before. */
  closes(): boolean {
    const isFirst = !this.#close.disabled;
    this.#close.disabled = true;
    return isFirst;
  }

  #say(kind: "wait" | "note" | "silent", text: string): void {
    // Emptied, not hidden: a status that comes and goes isn't read out.
    this.element.className = `banner banner-${kind}`;
    this.#text.textContent = text;
  }
}
