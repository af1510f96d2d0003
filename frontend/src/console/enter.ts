/**
 * Enter sends, Shift and Enter make a new line: also where the browser knows of no pointer at all, as it is for
 * somebody who works by keyboard alone. Only under a thumb is Enter a new line, and the composer leaves that as it is.
 */
export function sendOnEnter(composer: HTMLFormElement): void {
  composer.addEventListener("keydown", (event) => {
    const isLeft = event.defaultPrevented || event.key !== "Enter" || event.shiftKey || event.isComposing;
    if (isLeft || !(event.target instanceof HTMLTextAreaElement) || isUnderThumb()) return;
    event.preventDefault();
    composer.querySelector("button")?.click();
  });
}

function isUnderThumb(): boolean {
  return typeof matchMedia === "function" && matchMedia("(pointer: coarse)").matches;
}
