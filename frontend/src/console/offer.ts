import { button, h } from "../ui/index.js";

/** A line that comes with words and one button, and goes again. Emptied, not hidden: so its coming is read out. */
export class Offer {
  readonly element: HTMLElement;
  readonly #text = h("p", { role: "status" });
  readonly #button: HTMLButtonElement;

  constructor(label: string, onPress: () => void) {
    this.#button = button("button-small button-quiet", label, onPress);
    this.element = h("div", {}, this.#text, this.#button);
    this.withdraw();
  }

  get isShown(): boolean {
    return !this.#button.hidden;
  }

  show(text: string): void {
    this.element.className = "banner banner-wait";
    this.#button.hidden = false;
    // The same words once more would be read out once more.
    if (this.#text.textContent !== text) this.#text.textContent = text;
  }

  withdraw(): void {
    this.element.className = "banner banner-silent";
    this.#button.hidden = true;
    this.#text.textContent = "";
  }
}
