/** So near the end that a person who reads the last message is there. */
const NEAR = 48;

/** What a change is to the reader: words of another, one's own, or only something beside them (typing, a mark). */
export type Change = "theirs" | "own" | "aside";

/**
 * Keeps a scrolling part at its end while the reader is there; one who reads further up isn't moved and gets a button
 * instead (safety 18). Returns what makes a change in the part.
 */
export function keepAtEnd(
  element: HTMLElement,
  newer: HTMLElement,
): (change: Change, make: () => void) => void {
  let isAtEnd = true;
  /** As it was observed last; unknown where nothing observes it. */
  let height: number | undefined;
  const toEnd = (): void => {
    element.scrollTop = element.scrollHeight;
    isAtEnd = true;
    newer.hidden = true;
  };
  element.addEventListener("scroll", () => {
    // A scroll is told before a new height, and by that height alone the reader has not left the end.
    if (height !== undefined && element.clientHeight !== height) return;
    isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
    if (isAtEnd) newer.hidden = true;
  });
  newer.addEventListener("click", () => {
    toEnd();
    // The button goes away under the finger; without this the focus would fall to the page.
    element.focus({ preventScroll: true });
  });
  // A phone's keyboard takes half of the height, a banner some of it: the last message stays in sight above them.
  if (typeof ResizeObserver === "function") {
    new ResizeObserver(() => {
      height = element.clientHeight;
      if (isAtEnd) toEnd();
    }).observe(element);
  }
  return (change, make) => {
    const stays = isAtEnd || change === "own";
    make();
    if (stays) toEnd();
    else if (change === "theirs") newer.hidden = false;
  };
}
