// The steps of leaving. None waits for the network and none may stop the next one: a person's safety hangs on the last.

import { make } from "./make.js";

/** Draws an opaque sheet over everything, above dialogs too. The word comes last, so that it is read out. # safety 2 */
export function cover(root: ParentNode, word: string): void {
  const sheet = make("div", { role: "alert", popover: "manual", "data-suoja-cover": "" });
  root.append(sheet);
  attempt(() => sheet.showPopover());
  sheet.append(word);
}

/** Tells the server that the visitor left, if there is a token to say it with, and goes. */
export function goTo(url: string, origin: string, exitToken: string | undefined): void {
  attempt(() => {
    // The neutral site must not learn where the visitor comes from.
    document.head.append(make("meta", { name: "referrer", content: "no-referrer" }));
    tellServer(origin, exitToken);
  });
  // In the place of this page: Back leads to what was before it. # safety 4
  location.replace(url);
}

/** A string body is text/plain: no preflight, and it outlives the page. */
export function tellServer(origin: string, exitToken: string | undefined): void {
  if (exitToken) navigator.sendBeacon(`${origin}/live/exit`, exitToken);
}

/** Runs a step; what goes wrong in it is of no interest to somebody who is leaving. */
export function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // The next step matters more than the reason.
  }
}
