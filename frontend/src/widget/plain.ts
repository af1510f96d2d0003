import { button, h } from "../ui/index.js";
import { type LineState, localAddress, type WidgetData } from "./data.js";
import { helpSection } from "./help.js";
import { body, foot } from "./parts.js";
import { windowPicture } from "./picture.js";
import type { View } from "./screen.js";
import type { State } from "./states.js";
import type { WidgetWords } from "./words.js";

/** Closed, or nobody on duty: why, and who else helps. It opens by itself when somebody comes on duty. */
export function closedView(lines: readonly LineState[], data: WidgetData, words: WidgetWords): View {
  const told = h("div", { class: "closed" }, h("h2", {}, words("closed_title")), ...whyClosed(lines, words));
  const parts = [body(windowPicture(false), told, helpSection(data.help, words))];
  return { state: "closed", title: words("chat"), parts };
}

function whyClosed(lines: readonly LineState[], words: WidgetWords): HTMLElement[] {
  const hint = h("p", {}, words("closed_hint"));
  if (lines.some(({ reason }) => reason === "full"))
    return [h("p", { class: "lead" }, words("closed_many")), hint];
  const isUnstaffed = lines.every(({ reason }) => reason === "nobody_on_duty");
  return isUnstaffed ? [h("p", { class: "lead" }, words("closed_nobody")), hint] : [hint];
}

/** The conversation has ended and nothing of it is left (410). */
export function goneView(data: WidgetData, words: WidgetWords, again: () => void): View {
  return plain("gone", data, words, button("button-go button-wide", words("close"), again));
}

/** Something went wrong that waiting doesn't mend. */
export function failedView(data: WidgetData, words: WidgetWords, again: () => void): View {
  return plain("failed", data, words, button("button-go button-wide", words("try_again"), again));
}

/** A browser that can't encrypt, or a page without https: numbers, and the page of our own (safety 16). */
export function unsupportedView(data: WidgetData, words: WidgetWords): View {
  if (data.mode === "page") return plain("unsupported", data, words);
  // Out of the frame, in the same tab: no new one that would stay behind.
  const link = { href: localAddress(data.language, "/chat/"), target: "_top", rel: "noreferrer" };
  const page = h("a", { class: "button button-quiet button-wide", ...link }, words("full_page"));
  return plain("unsupported", data, words, page);
}

type Plain = Extract<State, "gone" | "failed" | "unsupported">;

function plain(state: Plain, data: WidgetData, words: WidgetWords, action?: HTMLElement): View {
  const told = [h("h2", {}, words(`${state}_title`)), h("p", {}, words(`${state}_text`))];
  const scrolls = body(h("div", { class: "closed" }, ...told), helpSection(data.help, words));
  return { state, title: words("chat"), parts: [scrolls, action && foot(action)] };
}
