import type { LineState } from "./data.js";
import type { View } from "./screen.js";
import type { State } from "./states.js";
import { part, stored } from "./stored.js";

/** A view that says one thing, with at most one thing to do in it. */
export function plainView(state: State, act?: () => void): View {
  const view = stored(state);
  view.querySelector("button")?.addEventListener("click", () => act?.());
  return { state, parts: [...view.children] };
}

/** Closed, or nobody on duty: why, and who else helps. It opens by itself when somebody comes on duty. */
export function closedView(lines: readonly LineState[]): View {
  const view = plainView("closed");
  const isUnstaffed = lines.every(({ reason }) => reason === "nobody_on_duty");
  const why = lines.some(({ reason }) => reason === "full") ? "full" : isUnstaffed && "nobody_on_duty";
  if (why) part(view.parts[0] as HTMLElement, `[data-reason=${why}]`).hidden = false;
  return view;
}
