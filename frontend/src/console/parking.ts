/** The way to put a conversation aside whose visitor has been away for long. */
import { openDialog } from "../ui/index.js";
import { Offer } from "./offer.js";
import type { ConsoleWords } from "./words.js";

/** Offers it and asks once more: it takes the talk out of this helper's hands. */
export class Parking {
  readonly offer: Offer;
  readonly #words: ConsoleWords;
  readonly #park: () => void;

  constructor(words: ConsoleWords, park: () => void) {
    this.#words = words;
    this.#park = park;
    this.offer = new Offer(words("put_aside"), () => this.#ask());
  }

  suggest(): void {
    this.offer.show(this.#words("may_put_aside"));
  }

  #ask(): void {
    const words = this.#words;
    openDialog({
      title: words("put_aside_question"),
      text: words("put_aside_means"),
      yes: words("put_aside"),
      no: words("go_on_waiting"),
      onYes: this.#park,
    });
  }
}
