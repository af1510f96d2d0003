import { type Composer, type ConversationLog, createComposer, h, openDialog } from "../ui/index.js";
import type { EndedHow } from "../wire/index.js";
import type { Screen, View } from "./screen.js";
import type { WidgetWords } from "./words.js";

export interface TalkActions {
  readonly onSend: (text: string) => void;
  readonly onTyping: (isTyping: boolean) => void;
  readonly onEnd: () => void;
  readonly onClose: () => void;
}

/** The talk: the helper's name, the log, the composer. The same log stays on the screen when it has ended. */
export class TalkView {
  readonly #words: WidgetWords;
  readonly #log: ConversationLog;
  readonly #actions: TalkActions;
  readonly #composer: Composer;
  readonly #name = h("h2", { class: "talk-name" });
  readonly #end: HTMLButtonElement;

  constructor(words: WidgetWords, log: ConversationLog, actions: TalkActions) {
    this.#words = words;
    this.#log = log;
    this.#actions = actions;
    this.#composer = createComposer(words, actions);
    this.#end = h(
      "button",
      { class: "button button-bare button-small", type: "button", onclick: () => this.#ask() },
      words("end_conversation"),
    );
    log.element.prepend(h("div", { class: "talk-tools" }, this.#name, this.#end));
  }

  view(name: string, connection: HTMLElement): View {
    this.#name.textContent = name;
    return { state: "talk", title: name, parts: [this.#log.element, connection, this.#composer.element] };
  }

  /** The log has told who it is. */
  rename(name: string, screen: Screen): void {
    this.#name.textContent = name;
    screen.rename(name);
  }

  /** What stays on the screen and until when, and the button that takes it away at once. */
  ended(how: EndedHow, name: string): View {
    this.#end.remove();
    this.#composer.clear();
    this.#log.showTyping();
    const { onClose } = this.#actions;
    const foot = h(
      "div",
      { class: "chat-foot ended" },
      h("h2", { class: "section-title" }, this.#words(endedKey(how))),
      h("p", {}, this.#words("ended_kept")),
      h(
        "button",
        { class: "button button-go button-wide", type: "button", onclick: onClose },
        this.#words("close"),
      ),
    );
    return { state: "ended", title: name, parts: [this.#log.element, foot] };
  }

  #ask(): void {
    openDialog({
      title: this.#words("end_title"),
      text: this.#words("end_text"),
      yes: this.#words("end_yes"),
      no: this.#words("end_no"),
      onYes: this.#actions.onEnd,
    });
  }
}

function endedKey(how: EndedHow): "ended_by_visitor" | "ended_by_helper" | "ended_by_service" {
  if (how === "visitor_ended") return "ended_by_visitor";
  return how === "helper_ended" ? "ended_by_helper" : "ended_by_service";
}
