/**
 * After an absence somebody else may be writing (safety 15). The helper is offered ready words that ask whether it is
 * safe to write, in the visitor's language, and that give away nothing of what was said. They are never sent by
 * themselves.
 */
import type { Composer } from "../ui/index.js";
import { Offer } from "./offer.js";
import type { ConsoleWords } from "./words.js";

export interface SafetyQuestionOptions {
  readonly words: ConsoleWords;
  /** The question itself, in the language in which the visitor writes and in the tone of the line. */
  readonly question: string;
  readonly composer: Composer;
}

export class SafetyQuestion {
  readonly offer: Offer;
  readonly #options: SafetyQuestionOptions;
  /** Half written before the question came: it may repeat what was said, so it must not leave together with it. */
  #kept = "";

  constructor(options: SafetyQuestionOptions) {
    this.#options = options;
    this.offer = new Offer(options.words("safety_question"), () => this.#ask());
  }

  /** What was half written, if the question has taken its place. */
  get kept(): string {
    return this.#kept;
  }

  suggest(minutes: number): void {
    const { words } = this.#options;
    this.offer.show(`${words("back_after", { minutes })} ${words("repeat_nothing")}`);
  }

  /** The helper has said something: the question, or something else in its stead. */
  said(): void {
    this.offer.withdraw();
    if (this.#kept === "") return;
    const kept = this.#kept;
    this.#kept = "";
    // The composer empties itself first, in the same step.
    queueMicrotask(() => write(this.#options.composer, kept));
  }

  forget(): void {
    this.#kept = "";
    this.offer.withdraw();
  }

  #ask(): void {
    const { composer, question } = this.#options;
    const draft = composer.draft().trim();
    if (draft !== question) this.#kept = [draft, this.#kept].filter((text) => text !== "").join("\n\n");
    write(composer, question);
    this.offer.withdraw();
    composer.focus();
  }
}

/** As if it had been typed: the field grows with it, and the visitor is told that somebody writes. */
function write({ element }: Composer, text: string): void {
  const input = element.querySelector("textarea");
  if (!input) return;
  input.value = text;
  input.dispatchEvent(new Event("input"));
}
