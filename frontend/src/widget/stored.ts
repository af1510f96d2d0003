import type { State } from "./states.js";

/**
 * A view as the page holds it ready, in its language (`templates/widget/views.html`): a copy, so that it can be shown
 * again. What stands still needs no script.
 */
export function stored(state: State | "help"): DocumentFragment {
  const { content } = document.getElementById(`view-${state}`) as HTMLTemplateElement;
  return content.cloneNode(true) as DocumentFragment;
}

/** The element of a stored view that the script goes on with. */
export function part<Kind extends HTMLElement>(view: ParentNode, selector: string): Kind {
  return view.querySelector(selector) as Kind;
}
