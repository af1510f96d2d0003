// The chats' state on the page, read again now and then. The words are all in the page; one of each set is shown.

import { type LineState, LineWatch } from "../lines/index.js";

export function followLines(page: ParentNode): void {
  const watch = new LineWatch("/api/lines/", (lines) => showLines(page, lines));
  watch.start();
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) void watch.read();
  });
}

type Shown = Pick<LineState, "code" | "is_open" | "reason">;

export function showLines(page: ParentNode, lines: readonly Shown[]): void {
  for (const { code, is_open: isOpen, reason } of lines) {
    const closed = reason === "nobody_on_duty" ? "nobody" : "closed";
    showWord(page.querySelector(`[data-line="${code}"]`), isOpen ? "open" : closed);
  }
  const isAnyOpen = lines.some((line) => line.is_open);
  const hero = page.querySelector("#hero");
  hero?.setAttribute("data-open", `${isAnyOpen}`);
  showWord(hero, isAnyOpen ? "open" : "closed");
}

/** Shows one word of a set. */
function showWord(place: Element | null, word: string): void {
  for (const element of place?.querySelectorAll<HTMLElement>("[data-shown]") ?? []) {
    element.hidden = element.dataset["shown"] !== word;
  }
}
