import { type Child, h } from "../ui/index.js";
import type { WidgetData } from "./data.js";
import type { State } from "./states.js";
import type { WidgetWords } from "./words.js";

export interface View {
  readonly state: State;
  /** What the header says, "Chat" if nothing else; it takes the focus when the focus had stood in the view before. */
  readonly title?: string;
  readonly parts: readonly Child[];
}

/**
 * The column that the visitor sees: header, view, and two places for words that are read out. In a page of our own the
 * header holds the exit link that the server drew, first (safety 1); in a frame the exit is in the host's page.
 */
export class Screen {
  readonly #root: HTMLElement;
  readonly #chat: string;
  readonly #title = h("h1", { tabindex: "-1" });
  readonly #status = h("p", { class: "visually-hidden", role: "status" });
  #parts: readonly Child[] = [];
  #isHidden = false;

  constructor(root: HTMLElement, mode: WidgetData["mode"], words: WidgetWords) {
    this.#root = root;
    const exit = document.getElementById("exit");
    const header = h("header", { class: "chat-header" });
    if (exit) header.append(exit);
    header.append(this.#title);
    // In a frame the host's header has the name and the exit; this one is for the outline only.
    if (mode === "frame") header.className = "visually-hidden";
    this.#chat = words("chat");
    this.rename(this.#chat);
    root.dataset["mode"] = mode;
    root.replaceChildren(header, this.#status);
  }

  get state(): State | undefined {
    return this.#root.dataset["state"] as State | undefined;
  }

  show({ state, title = this.#chat, parts }: View): void {
    const hadFocus = this.#parts.some(
      (part) => part instanceof Node && part.contains(document.activeElement),
    );
    for (const part of this.#parts) if (part instanceof Element) part.remove();
    // A question about what was there before has no answer any more.
    document.querySelector("dialog")?.remove();
    this.#parts = parts;
    this.#status.before(...parts.filter((part) => part !== undefined));
    this.rename(title);
    this.hide(this.#isHidden);
    // Who joined is of no interest to whoever comes later.
    if (state !== "talk") this.announce("");
    this.mark(state);
    // What had the focus is gone; without this it would fall to the page. An incoming message never comes here.
    if (hadFocus) this.focus();
  }

  rename(title: string): void {
    this.#title.textContent = title;
  }

  mark(state: State): void {
    this.#root.dataset["state"] = state;
  }

  focus(): void {
    this.#title.focus();
  }

  /** Read out once, politely; shown elsewhere. */
  announce(text: string): void {
    this.#status.textContent = text;
  }

  /** While nobody knows who looks at it; the way out stays (safety 1). */
  hide(isHidden: boolean): void {
    this.#isHidden = isHidden;
    for (const part of [this.#title, ...this.#parts]) {
      if (part instanceof HTMLElement) part.hidden = isHidden;
    }
  }

  /** Nothing stays, not even for a browser that keeps pages it has left (safety 9). */
  destroy(): void {
    this.#root.replaceChildren();
  }
}
