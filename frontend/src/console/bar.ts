/** The bar's living parts: the connection, the switch **Available**, and the line that says what did not work. */
import type { StreamState } from "../stream/index.js";
import { Refused } from "../wire/index.js";
import type { ConsoleKey, ConsoleWords } from "./words.js";

/** role=status **Connection**: says in words what is true, and shows a shape beside them. */
export class Connection {
  readonly #element: HTMLElement;
  readonly #words: ConsoleWords;

  constructor(element: HTMLElement, words: ConsoleWords) {
    this.#element = element;
    this.#words = words;
  }

  show(state: StreamState): void {
    if (state === "open") this.#say("connected");
    else this.#say(state === "connecting" ? "connecting" : "connection_lost");
  }

  /** Nobody tries again: the duty is over, or another tab has it. */
  showOff(key: "off_duty" | "elsewhere"): void {
    this.#say(key);
  }

  #say(key: "connected" | "connecting" | "connection_lost" | "off_duty" | "elsewhere"): void {
    this.#element.dataset["state"] = key;
    this.#element.textContent = this.#words(key);
  }
}

/** The switch shows what the server holds, never what was only asked for. */
export class Switch {
  readonly #button: HTMLButtonElement;
  readonly #state: HTMLElement;
  readonly #words: ConsoleWords;

  constructor(
    button: HTMLButtonElement,
    state: HTMLElement,
    words: ConsoleWords,
    ask: (isAvailable: boolean) => Promise<void>,
  ) {
    this.#button = button;
    this.#state = state;
    this.#words = words;
    button.addEventListener("click", () => void this.#toggle(ask));
  }

  get isOn(): boolean {
    return this.#button.getAttribute("aria-checked") === "true";
  }

  show(isAvailable: boolean): void {
    this.#button.disabled = false;
    this.#button.setAttribute("aria-checked", String(isAvailable));
    this.#state.textContent = this.#words(isAvailable ? "yes" : "no");
  }

  /** The duty is over: there is nothing to switch. */
  disable(): void {
    this.show(false);
    this.#button.disabled = true;
  }

  async #toggle(ask: (isAvailable: boolean) => Promise<void>): Promise<void> {
    if (this.#button.getAttribute("aria-busy") === "true") return;
    // Busy, not disabled: the focus stays where the helper's finger is.
    this.#button.setAttribute("aria-busy", "true");
    await ask(!this.isOn);
    this.#button.removeAttribute("aria-busy");
  }
}

/** The words for a refusal; one that isn't listed gets the general ones. */
const REFUSALS: Readonly<Record<string, ConsoleKey>> = {
  too_fast: "too_fast",
  nobody_waiting: "nobody_waiting",
  at_capacity: "at_capacity",
  visitor_present: "visitor_present",
  not_on_duty: "not_on_duty",
};

export function problemKey(error: unknown): ConsoleKey {
  return (error instanceof Refused ? REFUSALS[error.code] : undefined) ?? "did_not_work";
}
