// The quick exit of a page of our own: /chat/, and the front page when the loader could not be loaded.

import { watchKeys } from "./keys.js";
import { attempt, cover, goTo } from "./leave.js";
import { make } from "./make.js";
import { countPresses } from "./presses.js";

export type { HostLink } from "./frame.js";
export { linkToHost } from "./frame.js";
export { attempt, tellServer } from "./leave.js";

export interface ExitWords {
  /** "Press Shift twice more to leave." */
  readonly two: string;
  /** "Press Shift once more to leave." */
  readonly one: string;
  /** The time for the presses ran out: one is still here. */
  readonly late: string;
  /** What the cover says to a screen reader: a neutral word, such as "Loading". */
  readonly cover: string;
}

export interface Exit {
  readonly link: HTMLElement;
  readonly url: string;
  readonly words: ExitWords;
  /** Destroys what the page holds: keys, texts, sessionStorage. */
  readonly wipe: () => void;
  /** The token that can end the talk and read nothing; undefined while there is no talk. */
  readonly exitToken: () => string | undefined;
}

/** Makes the link, and Shift three times alone, leave at once. */
export function installExit(exit: Exit): { readonly stop: () => void } {
  const status = make("p", { class: "exit-status", role: "status" });
  document.body.append(status);
  let hasLeft = false;

  const leave = (): void => {
    hasLeft = true;
    leavePage(exit);
  };
  const press = (event: Event): void => {
    event.preventDefault();
    leave();
  };
  // A browser may keep a page alive after it was left and show it again. # safety 9
  const shown = (event: PageTransitionEvent): void => {
    if (event.persisted && hasLeft) leave();
  };
  const { one, two, late } = exit.words;
  const say = (left: number): void => {
    status.textContent = [late, one, two, ""][left] ?? "";
  };
  const stopKeys = watchKeys(countPresses(say, leave));
  const until = new AbortController();
  exit.link.addEventListener("click", press);
  addEventListener("pageshow", shown, until);
  return {
    stop: () => {
      stopKeys();
      exit.link.removeEventListener("click", press);
      until.abort();
      status.remove();
    },
  };
}

/** Cover, wipe, tell, go: in this order. # safety 2 */
function leavePage(exit: Exit): void {
  const token = exit.exitToken();
  // Nothing of the page is left behind the cover: not to be read out, not to be tabbed to, not to be restored.
  document.body.replaceChildren();
  cover(document.body, exit.words.cover);
  attempt(exit.wipe);
  goTo(exit.url, "", token);
}
