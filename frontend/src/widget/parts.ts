import { type Child, h } from "../ui/index.js";

/** The part of a view that scrolls. It takes the focus, so that arrow keys scroll it too. */
export function body(...children: readonly Child[]): HTMLElement {
  return h("div", { class: "chat-body", tabindex: "0" }, ...children);
}

/** The part on the sill, always in sight. */
export function foot(...children: readonly Child[]): HTMLElement {
  return h("div", { class: "chat-foot" }, ...children);
}

export function sectionTitle(text: string): HTMLElement {
  return h("h2", { class: "section-title" }, text);
}
