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
