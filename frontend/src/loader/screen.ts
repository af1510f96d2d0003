// What the panel asks of the host's page and its browser; each may be denied, and then the chat works without.

import { attempt } from "../exit/leave.js";

/** Puts the element above everything, also above what the host has put on top since. # safety 1 */
export function raise(element: HTMLElement): void {
  attempt(() => {
    element.popover = "manual";
    element.hidePopover();
    element.showPopover();
  });
}

/** While a talk lives, the host's next page opens the panel again: one flag without content. # safety 8 */
export function remember(isLive: boolean): void {
  attempt(() => {
    if (isLive) sessionStorage.setItem("suoja", "1");
    else sessionStorage.removeItem("suoja");
  });
}

/** A phone's keyboard covers a page without telling it: the panel follows what is still seen. # safety 1 */
export function fitToScreen({ style }: HTMLElement): void {
  const seen = globalThis.visualViewport;
  const fit = (): void => {
    style.setProperty("--h", `${seen?.height}px`);
    style.setProperty("--y", `${seen?.offsetTop}px`);
  };
  seen?.addEventListener("resize", fit);
  seen?.addEventListener("scroll", fit);
}
