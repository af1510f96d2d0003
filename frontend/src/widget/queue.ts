import { button, h } from "../ui/index.js";
import type { WidgetData } from "./data.js";
import { foldedHelp } from "./help.js";
import { body, foot } from "./parts.js";
import { windowPicture } from "./picture.js";
import type { View } from "./screen.js";
import type { WidgetWords } from "./words.js";

/** More panes than these say no more than the words beside them. */
const MOST_PANES = 6;
const MINUTE_MS = 60_000;

/** Waiting (safety 13): the place in words and in panes, that it is kept, other help, and a way to leave. */
export class QueueView {
  readonly #data: WidgetData;
  readonly #words: WidgetWords;
  readonly #place = h("h2", { class: "queue-place" });
  readonly #panes = h("p", { class: "panes" });
  readonly #status: HTMLElement;
  readonly #leave: HTMLButtonElement;
  #saidAt = 0;

  constructor(data: WidgetData, words: WidgetWords, onLeave: () => void) {
    this.#data = data;
    this.#words = words;
    this.#place.textContent = words("queue_title");
    const label = words("queue_name");
    const kept = h("p", {}, words("queue_kept"));
    this.#status = h(
      "div",
      { class: "queue", role: "status", "aria-label": label },
      this.#place,
      kept,
      this.#panes,
    );
    this.#leave = button("button-quiet button-wide", words("leave_queue"), () => {
      this.#leave.disabled = true;
      onLeave();
    });
  }

  view(connection: HTMLElement): View {
    const scrolls = body(windowPicture(true), this.#status, foldedHelp(this.#data.help, this.#words));
    return {
      state: "queue",
      title: this.#words("chat"),
      parts: [scrolls, connection, foot(this.#leave)],
    };
  }

  /** Shown at once; read out at most once a minute, so that a moving queue doesn't talk over everything (safety 18). */
  place(place: number): void {
    const isNews = Date.now() - this.#saidAt >= MINUTE_MS;
    if (isNews) this.#saidAt = Date.now();
    this.#status.setAttribute("aria-live", isNews ? "polite" : "off");
    this.#place.textContent = this.#words(oneOf(place, "queue_1", "queue_2", "queue_3") ?? "queue_n", {
      place,
    });
    const ahead = place - 1;
    const panes = Array.from({ length: Math.min(ahead, MOST_PANES - 1) }, () => h("i"));
    this.#panes.replaceChildren(
      ...panes,
      h("i", { class: "you" }),
      h(
        "span",
        {},
        this.#words(oneOf(place, "ahead_0", "ahead_1") ?? "ahead_n", { ahead }),
        h("br"),
        this.#words("your_pane"),
      ),
    );
  }
}

/** The word for the first, the second …, if there is one. */
function oneOf<Key>(place: number, ...keys: Key[]): Key | undefined {
  return keys[place - 1];
}
