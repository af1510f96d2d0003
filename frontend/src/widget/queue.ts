import { h } from "../ui/index.js";
import type { RequeuedWhy } from "../wire/index.js";
import type { View } from "./screen.js";
import { part, stored } from "./stored.js";
import type { WidgetWords } from "./words.js";

/** More panes than these say no more than the words beside them. */
const MOST_PANES = 6;
const MINUTE_MS = 60_000;

/** Waiting (safety 13): the place in words and in panes, that it is kept, other help, and a way to leave. */
export class QueueView {
  readonly #words: WidgetWords;
  readonly #view = stored("queue");
  readonly #parts = [...this.#view.children];
  readonly #status = part(this.#view, ".queue");
  readonly #place = part(this.#status, "h2");
  readonly #panes = part(this.#status, ".panes");
  readonly #why = part(this.#view, ".requeued");
  readonly #leave = part<HTMLButtonElement>(this.#view, "button");
  #saidAt = 0;

  constructor(words: WidgetWords, onLeave: () => void) {
    this.#words = words;
    part(this.#status, "p").textContent = words("queue_kept");
    this.#leave.addEventListener("click", () => {
      this.#leave.disabled = true;
      onLeave();
    });
  }

  /** `why`: of a visitor who was in a talk before, and waits at the front now. */
  view(connection: HTMLElement, why?: RequeuedWhy): View {
    const [scrolls, foot] = this.#parts;
    this.#why.hidden = !why;
    if (why) this.#why.textContent = this.#words(`requeued_${why}`);
    return { state: "queue", parts: [scrolls, connection, foot] };
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
