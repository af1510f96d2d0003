import { h } from "../ui/index.js";
import type { LineState, WidgetData } from "./data.js";
import type { View } from "./screen.js";
import { part, stored } from "./stored.js";
import { type WidgetWords, wordsFor, YOUNG } from "./words.js";

const LANGUAGES = ["fi", "sv", "en"] as const;

export interface Choice {
  readonly line: string;
  readonly wants_professional: boolean;
}

/**
 * Before the first message (safety 11): which chat, six short lines at most, Start. With a choice none is made
 * beforehand; where one chat only is open there is none to make.
 */
export class Notice {
  readonly #data: WidgetData;
  readonly #words: WidgetWords;
  readonly #onStart: (choice: Choice) => void;
  readonly #view = stored("notice");
  readonly #choices = part(this.#view, "fieldset");
  readonly #lines = part(this.#view, ".choices");
  /** Everybody's, and the children's own. */
  readonly #lists = this.#view.querySelectorAll<HTMLElement>(".notice");
  readonly #wishLabel = part(this.#view, ".check");
  readonly #wish = part<HTMLInputElement>(this.#wishLabel, "input");
  readonly #said = part(this.#view, ".notice-said");
  readonly #start = part<HTMLButtonElement>(this.#view, "button");
  readonly #answered = h("p", { class: "answered" });
  #open: readonly LineState[] = [];
  #chosen: string | undefined;
  #drawn = "";

  constructor(data: WidgetData, onStart: (choice: Choice) => void) {
    this.#data = data;
    this.#words = wordsFor(data.words);
    this.#onStart = onStart;
    this.#start.addEventListener("click", () => this.#press());
  }

  view(lines: readonly LineState[]): View {
    const parts = [...this.#view.children];
    this.update(lines);
    this.#inform();
    return { state: "notice", parts };
  }

  /** Somebody came on duty, or went: what can be chosen follows, and what was chosen stays if it can. */
  update(lines: readonly LineState[]): void {
    // Drawn anew only for something new: a press that falls between two drawings is lost.
    const drawn = JSON.stringify(
      lines.map(({ code, is_open, reason, languages }) => [code, is_open, reason, languages]),
    );
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#open = lines.filter((line) => line.is_open);
    if (this.#open.length === 1) this.#choose(this.#open[0]?.code);
    else if (!this.#open.some((line) => line.code === this.#chosen)) this.#choose(undefined);
    const focused = (document.activeElement as HTMLInputElement | null)?.value;
    this.#lines.replaceChildren(...lines.map((line) => this.#choice(line)));
    this.#lines.querySelector<HTMLInputElement>(`[value="${focused}"]`)?.focus();
    this.#tellLanguages();
  }

  /** Why it didn't start; the button is there again. */
  say(text: string): void {
    this.#said.textContent = text;
    this.#start.disabled = false;
  }

  #choice(line: LineState): HTMLElement {
    const [name, about] = [`name-${line.code}`, `about-${line.code}`];
    const input = h("input", {
      type: "radio",
      name: "line",
      value: line.code,
      disabled: !line.is_open,
      checked: line.code === this.#chosen,
      "aria-labelledby": name,
      "aria-describedby": about,
      onchange: () => this.#choose(line.code),
    });
    const state = h("span", { class: "numeral" }, this.#words(line.is_open ? "open_now" : reasonKey(line)));
    const rest = h("span", { id: about }, line.audience, " ", state);
    return h("label", { class: "choice" }, input, h("b", { id: name }, line.name), rest);
  }

  #choose(code: string | undefined): void {
    if (code === this.#chosen) return;
    this.#chosen = code;
    this.#said.textContent = "";
    this.#inform();
  }

  #inform(): void {
    const isYoung = this.#chosen === YOUNG;
    for (const [at, list] of this.#lists.entries()) list.hidden = isYoung !== at > 0;
    // On the children's line a professional answers always (M22): nothing to wish for.
    this.#wishLabel.hidden = isYoung;
    this.#tellLanguages();
  }

  /** What is answered now on the chosen line, or on any (safety 11): before the choice if it isn't the page's own. */
  #tellLanguages(): void {
    const lines = this.#open.filter(({ code }) => code === (this.#chosen ?? code));
    const codes = LANGUAGES.filter((code) => lines.some((line) => line.languages.includes(code)));
    const listed = codes.map((code) => this.#words(`in_${code}`)).join(", ");
    const languages = listed.replace(/, (?!.*,)/, ` ${this.#words("and")} `);
    const text = languages && this.#words("answered_in", { languages });
    // Drawn anew every round it would pull the reading place of a screen reader away.
    if (text === this.#answered.textContent) return;
    this.#answered.textContent = text;
    this.#choices[codes.includes(this.#data.language) ? "after" : "before"](this.#answered);
  }

  #press(): void {
    if (this.#chosen === undefined) {
      this.#said.textContent = this.#words("choose_first");
      this.#lines.querySelector<HTMLInputElement>("input:enabled")?.focus();
      return;
    }
    this.#start.disabled = true;
    this.#said.textContent = this.#words("starting");
    const wants_professional = this.#wish.checked && this.#chosen !== YOUNG;
    this.#onStart({ line: this.#chosen, wants_professional });
  }
}

function reasonKey({ reason }: LineState): "nobody_on_duty" | "many_now" | "not_open" {
  if (reason === "nobody_on_duty") return "nobody_on_duty";
  return reason === "full" ? "many_now" : "not_open";
}
