import { type Child, h, icon } from "../ui/index.js";
import type { OtherHelp } from "./data.js";
import { sectionTitle } from "./parts.js";
import type { WidgetWords } from "./words.js";

function callLink(number: string, ...said: readonly Child[]): HTMLElement {
  return h("a", { href: `tel:${number.replaceAll(" ", "")}` }, ...said);
}

/** Who else helps, one row each; the whole row calls. */
export function helpList(help: readonly OtherHelp[]): HTMLElement {
  const rows = help.map(({ name, about, number }) => {
    const said = [h("b", {}, name), " ", h("span", {}, about), " ", h("em", {}, number)];
    return h("li", {}, callLink(number, ...said));
  });
  return h("ul", { class: "help-list" }, ...rows);
}

export function helpSection(help: readonly OtherHelp[], words: WidgetWords): HTMLElement {
  return h("section", {}, sectionTitle(words("other_help")), helpList(help));
}

/** While waiting: there for who wants it, folded so that it doesn't push anybody away. */
export function foldedHelp(help: readonly OtherHelp[], words: WidgetWords): HTMLElement {
  const summary = h("summary", {}, icon("M9 5l7 7l-7 7"), words("help_while_waiting"));
  return h("details", { open: true }, summary, helpList(help));
}

/** "In an emergency call 112", with the number as a link. */
export function emergencyLine(words: WidgetWords): HTMLElement {
  const [before, after] = words("emergency").split("112");
  return h("p", { class: "emergency" }, before, callLink("112", h("b", { class: "numeral" }, "112")), after);
}
