import { button, h } from "../ui/index.js";
import type { LineState, WidgetData } from "./data.js";
import { emergencyLine } from "./help.js";
import { body, foot } from "./parts.js";
import type { View } from "./screen.js";
import { type WidgetWords, wordsFor, YOUNG } from "./words.js";

const LANGUAGES = ["fi", "sv", "en"] as const;

export interface Choice {
  readonly line: string;
  readonly wantsProfessional: boolean;
}

/**
 * Before the first message (safety 11): which chat, six short lines at most, Start. With a choice none is made
 * beforehand; where one chat only is open there is none to make.
 */
export class Notice {
  readonly #data: WidgetData;
  readonly #words: WidgetWords;
  readonly #onStart: (choice: Choice) => void;
  readonly #lines = h("div", { class: "choices" });
  readonly #choices: HTMLElement;
  readonly #answered = h("p", { class: "answered" });
  readonly #list = h("ul", { class: "notice" });
  readonly #wish = h("input", { type: "checkbox", name: "professional" });
  readonly #wishLabel: HTMLElement;
  readonly #start: HTMLButtonElement;
  readonly #said = h("p", { class: "notice-said", role: "status" });
  #open: readonly LineState[] = [];
  #chosen: string | undefined;
  #drawn = "";

  constructor(data: WidgetData, onStart: (choice: Choice) => void) {
    this.#data = data;
    this.#words = wordsFor(data.words);
    this.#onStart = onStart;
    const legend = h("legend", { class: "section-title" }, this.#words("which_line"));
    this.#choices = h("fieldset", {}, legend, this.#lines);
    this.#wishLabel = h("label", { class: "check" }, this.#wish, this.#words("want_professional"));
    this.#start = button("button-go button-large button-wide", this.#words("start"), () => this.#press());
  }

  view(lines: readonly LineState[]): View {
    const parts = [
      body(this.#choices, this.#list, this.#wishLabel),
      foot(this.#said, emergencyLine(this.#words), this.#start),
    ];
    this.update(lines);
    this.#inform();
    return { state: "notice", title: this.#words("chat"), parts };
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
    const words = wordsFor(this.#data.words, this.#chosen);
    const keys = ["notice_1", "notice_2", "notice_3", "notice_4", "notice_5"] as const;
    this.#list.replaceChildren(...keys.map((key) => h("li", {}, ...emphasised(words(key)))));
    // On the children's line a professional answers always (M22): nothing to wish for.
    this.#wishLabel.hidden = this.#chosen === YOUNG;
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
    this.#onStart({ line: this.#chosen, wantsProfessional: this.#wish.checked && this.#chosen !== YOUNG });
  }
}

export function reasonKey({ reason }: LineState): "nobody_on_duty" | "many_now" | "not_open" {
  if (reason === "nobody_on_duty") return "nobody_on_duty";
  return reason === "full" ? "many_now" : "not_open";
}

/** Words between stars stand out: the exit's name, and the word by which a peer is known (M7). */
function emphasised(text: string): (string | HTMLElement)[] {
  return text.split("*").map((part, at) => (at % 2 ? h("b", {}, part) : part));
}
