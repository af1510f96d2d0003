import { h } from "../ui/index.js";
import { type LineState, localAddress, type WidgetData } from "./data.js";
import { emergencyLine, helpSection } from "./help.js";
import { windowPicture } from "./picture.js";
import type { View } from "./screen.js";
import type { WidgetWords } from "./words.js";

/** Closed, or nobody on duty: why, and who else helps. It opens by itself when somebody comes on duty. */
export function closedView(lines: readonly LineState[], data: WidgetData, words: WidgetWords): View {
  const told = h("div", { class: "closed" }, h("h2", {}, words("closed_title")), ...whyClosed(lines, words));
  const body = h("div", { class: "chat-body", tabindex: "0" }, windowPicture(false), told);
  body.append(helpSection(data.help, words));
  return { state: "closed", title: words("chat"), parts: [body] };
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
  const told = plain(words("gone_title"), words("gone_text"), data, words);
  return { state: "gone", title: words("chat"), parts: [told, foot(words("close"), again)] };
}

/** Something went wrong that waiting doesn't mend. */
export function failedView(data: WidgetData, words: WidgetWords, again: () => void): View {
  const told = plain(words("failed_title"), words("failed_text"), data, words);
  return { state: "failed", title: words("chat"), parts: [told, foot(words("try_again"), again)] };
}

/** A browser that can't encrypt, or a page without https: numbers, and the page of our own (safety 16). */
export function unsupportedView(data: WidgetData, words: WidgetWords): View {
  const told = plain(words("unsupported_title"), words("unsupported_text"), data, words);
  const view: View = { state: "unsupported", title: words("chat"), parts: [told] };
  if (data.mode === "page") return view;
  // Out of the frame, in the same tab: no new one that would stay behind.
  const link = { href: localAddress(data.language, "/chat/"), target: "_top", rel: "noreferrer" };
  const page = h("a", { class: "button button-quiet button-wide", ...link }, words("full_page"));
  return { ...view, parts: [told, h("div", { class: "chat-foot" }, page)] };
}

function plain(title: string, text: string, data: WidgetData, words: WidgetWords): HTMLElement {
  const told = h("div", { class: "closed" }, h("h2", {}, title), h("p", {}, text));
  const body = h("div", { class: "chat-body", tabindex: "0" }, told, emergencyLine(words));
  body.append(helpSection(data.help, words));
  return body;
}

function foot(label: string, act: () => void): HTMLElement {
  const button = h("button", { class: "button button-go button-wide", type: "button", onclick: act }, label);
  return h("div", { class: "chat-foot" }, button);
}
