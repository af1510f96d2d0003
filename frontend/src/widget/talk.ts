import { button, type Composer, type ConversationLog, createComposer, h, openBeside } from "../ui/index.js";
import type { EndedHow } from "../wire/index.js";
import type { Screen, View } from "./screen.js";
import { part, stored } from "./stored.js";
import type { WidgetWords } from "./words.js";

/** Where there is a keyboard with a Shift. On a phone Enter is a new line, and Send is under the thumb. */
const ENTER_SENDS = "(pointer: fine)";

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
  readonly #tools: HTMLElement;

  constructor(words: WidgetWords, log: ConversationLog, actions: TalkActions) {
    this.#words = words;
    this.#log = log;
    this.#actions = actions;
    this.#composer = createComposer(words, { ...actions, enterSends: ENTER_SENDS });
    const end = button("button-bare button-small", words("end_conversation"), () => this.#ask());
    this.#tools = h("div", { class: "talk-tools" }, this.#name, end);
    log.element.prepend(this.#tools);
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

  /** Why, what stays on the screen and until when, and the button that takes it away at once. */
  ended(how: EndedHow, name: string): View {
    this.#tools.remove();
    this.#composer.clear();
    this.#log.showTyping();
    const view = stored("ended");
    const isOrdinary = how === "visitor_ended" || how === "helper_ended";
    // Who had not come to an end yet may need somebody else now.
    if (!isOrdinary) this.#log.element.append(stored("help"));
    // Who takes the phone up after so long may be another: nobody's name or words are left (safety 8).
    const isLost = how === "visitor_lost";
    if (isLost) {
      this.#log.log.replaceChildren();
      part(view, "p").remove();
    }
    part(view, "h2").textContent = this.#words(endedKey(how));
    const close = part(view, "button");
    close.textContent = this.#words(isOrdinary ? "close" : "begin_again");
    close.addEventListener("click", this.#actions.onClose);
    return {
      state: "ended",
      ...(isLost ? {} : { title: name }),
      parts: [this.#log.element, ...view.children],
    };
  }

  /** Nothing can be read any more. */
  clear(): void {
    this.#composer.clear();
    this.#log.log.replaceChildren();
  }

  #ask(): void {
    openBeside({
      title: this.#words("end_title"),
      text: this.#words("end_text"),
      yes: this.#words("end_yes"),
      no: this.#words("end_no"),
      onYes: this.#actions.onEnd,
    });
  }
}

const ENDED = {
  visitor_ended: "ended_by_visitor",
  helper_ended: "ended_by_helper",
  visitor_lost: "ended_by_absence",
} as const;

function endedKey(how: EndedHow): (typeof ENDED)[keyof typeof ENDED] | "ended_by_service" {
  return ENDED[how as keyof typeof ENDED] ?? "ended_by_service";
}
