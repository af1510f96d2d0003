import type { Language } from "../wire/index.js";
import { formatTime } from "./clock.js";
import { button, h, icon } from "./h.js";
import { type Change, keepAtEnd } from "./scroll.js";
import type { UiKey, Words } from "./words.js";

/** How one's own message fares: on its way, on the server's disk, waiting for the connection, refused for good. */
export type Mark = "sending" | "sent" | "not_sent" | "failed";

export interface ShownMessage {
  readonly who: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly isOwn?: boolean;
}

/**
 * The conversation on the screen (safety 18): a log with a name, there before the first message; one insertion for each
 * message, the speaker's name first. Messages stand in number order; own ones without a number stand below them.
 */
export interface ConversationLog {
  /** The part that scrolls, with the log in it. Tools may be put before the log. */
  readonly element: HTMLElement;
  readonly log: HTMLElement;
  /** The next numbered message. */
  readonly add: (message: ShownMessage) => void;
  /** The next numbered thing that isn't a message: joined, handed over, missing. */
  readonly addEvent: (text: string) => void;
  /** An own message that has no number yet. */
  readonly addOwn: (id: string, text: string) => void;
  /** An own message has got its place and its time. False when this log never drew it. */
  readonly place: (id: string, at: number) => boolean;
  readonly mark: (id: string, mark: Mark) => void;
  /** Words on who is writing, or nothing. Never announced. They go by themselves when they aren't told again. */
  readonly showTyping: (text?: string) => void;
}

const SHAPES: Readonly<Record<Mark, string>> = {
  sending: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zM12 7v5l3 2",
  sent: "M5 12l5 5l9-10",
  not_sent: "M12 3a9 9 0 0 1 4 1M20 8a9 9 0 0 1 0 8M16 20a9 9 0 0 1-8 0M4 16a9 9 0 0 1 0-8M8 4l1-.4",
  failed: "M6 6l12 12M18 6L6 18",
};

/** Who writes tells so again every five seconds; an older word was the last before the connection went. */
const TYPING_MS = 10_000;

export function createConversationLog(words: Words<UiKey>, language: Language): ConversationLog {
  return new DrawnLog(words, language);
}

class DrawnLog implements ConversationLog {
  readonly #words: Words<UiKey>;
  readonly #language: Language;
  readonly #own = new Map<string, HTMLElement>();
  readonly #typing = h("p", { class: "typing", hidden: true });
  /** "Not sent" is told once, politely; a refusal at once: the person believes that it has arrived. */
  readonly #status = h("p", { class: "visually-hidden", role: "status" });
  readonly #alert = h("p", { class: "visually-hidden", role: "alert" });
  readonly #change: (change: Change, make: () => void) => void;
  readonly log: HTMLElement;
  readonly element: HTMLElement;
  #lastSent: HTMLElement | undefined;
  #told: ReturnType<typeof setTimeout> | undefined;

  constructor(words: Words<UiKey>, language: Language) {
    this.#words = words;
    this.#language = language;
    this.log = h("div", { class: "log", role: "log", "aria-label": words("log_name"), translate: "no" });
    const newer = button("button-quiet new-messages", words("new_messages"));
    newer.prepend(icon("M12 4v16M6 14l6 6l6-6"));
    newer.hidden = true;
    // tabindex: who can't use a wheel or a finger scrolls it with the arrow keys.
    this.element = h("div", { class: "talk", tabindex: "0" }, this.log, this.#typing, newer);
    this.element.append(this.#status, this.#alert);
    this.#change = keepAtEnd(this.element, newer);
  }

  add({ who, text, at, isOwn = false }: ShownMessage): void {
    const message = this.#message(who, text, isOwn);
    this.#stamp(message, at);
    this.#insert(message);
  }

  addEvent(text: string): void {
    this.#insert(h("p", { class: "message-event" }, text));
  }

  addOwn(id: string, text: string): void {
    const message = this.#message(this.#words("you"), text, true);
    this.#own.set(id, message);
    this.#draw(message, "sending");
    this.#change("own", () => this.log.append(message));
  }

  place(id: string, at: number): boolean {
    const message = this.#own.get(id);
    if (!message) return false;
    this.mark(id, "sent");
    const isNext = this.#firstUnnumbered() === message;
    this.#own.delete(id);
    this.#stamp(message, at);
    // Only when an older one was refused and still stands above: else it is in its place already.
    if (!isNext) this.#firstUnnumbered()?.before(message);
    return true;
  }

  mark(id: string, mark: Mark): void {
    const message = this.#own.get(id);
    if (!message) return;
    this.#change("aside", () => this.#draw(message, mark));
    this.#tell(mark);
  }

  showTyping(text?: string): void {
    clearTimeout(this.#told);
    if (text !== undefined) this.#told = setTimeout(() => this.showTyping(), TYPING_MS);
    this.#change("aside", () => {
      this.#typing.hidden = text === undefined;
      this.#typing.replaceChildren(...(text === undefined ? [] : [h("i"), h("i"), h("i"), text]));
    });
  }

  #insert(element: HTMLElement): void {
    this.#change("theirs", () => this.log.insertBefore(element, this.#firstUnnumbered() ?? null));
  }

  #firstUnnumbered(): HTMLElement | undefined {
    return this.#own.values().next().value;
  }

  #message(who: string, text: string, isOwn: boolean): HTMLElement {
    return h(
      "div",
      // Own words aren't read out again to the one who wrote them.
      { class: isOwn ? "message message-own" : "message", "aria-live": isOwn && "off" },
      h("p", { class: "message-who" }, h("b", {}, who)),
      h("div", { class: "message-text", dir: "auto" }, text),
    );
  }

  #stamp(message: HTMLElement, at: number): void {
    const time = h("time", { datetime: new Date(at).toISOString() }, formatTime(at, this.#language));
    message.firstElementChild?.append(" ", time);
  }

  /** A word and a shape; "sent" stands beside the latest one only, the time tells it of the others. */
  #draw(message: HTMLElement, mark: Mark): void {
    message.classList.toggle("message-unsent", mark === "not_sent" || mark === "failed");
    message.querySelector(".message-state")?.remove();
    message.append(h("p", { class: "message-state" }, icon(SHAPES[mark]), this.#words(mark)));
    if (mark !== "sent" || message === this.#lastSent) return;
    this.#lastSent?.querySelector(".message-state")?.remove();
    this.#lastSent = message;
  }

  #tell(mark: Mark): void {
    const text = this.#words(mark);
    if (mark === "failed") this.#alert.textContent = text;
    else if (mark === "sent") this.#status.textContent = "";
    else if (mark === "not_sent" && this.#status.textContent !== text) this.#status.textContent = text;
  }
}
