// The chats' state on the page, read again now and then. The words are all in the page; one of each set is shown.

const EVERY_MS = 30_000;

interface LineState {
  readonly code: string;
  readonly is_open: boolean;
  readonly reason: string | null;
}

/** Reads the state again and again while the page is seen; what can't be read leaves what was there. */
export function followLines(page: ParentNode): void {
  const read = async (): Promise<void> => {
    if (document.visibilityState !== "visible") return;
    try {
      const response = await fetch("/api/lines/", { cache: "no-store", credentials: "omit" });
      const { lines } = (await response.json()) as { lines: LineState[] };
      showLines(page, lines);
    } catch {
      // The next round tries again.
    }
  };
  // A quarter more or less each time, so that all pages of a day don't ask in step.
  const next = (): void => {
    setTimeout(() => void read().then(next), EVERY_MS * (0.75 + Math.random() / 2));
  };
  next();
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) void read();
  });
}

export function showLines(page: ParentNode, lines: readonly LineState[]): void {
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
