type Listener = (event: Event) => void;
type Value = string | boolean | undefined | Listener;
export type Child = Node | string | undefined;

/**
 * Makes an element. A function is a listener (`onclick`), `true` an attribute without a value, `false` and `undefined`
 * none. Texts become text nodes: nothing that somebody wrote is ever read as markup.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: Readonly<Record<string, Value>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(element, name, value);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

function set(element: HTMLElement, name: string, value: Value): void {
  if (typeof value === "function") element.addEventListener(name.slice(2), value);
  else if (value === true) element.setAttribute(name, "");
  else if (typeof value === "string") element.setAttribute(name, value);
}

/** A button that does one thing. `kind`: its classes beside `button`. */
export function button(kind: string, label: string, onclick?: () => void): HTMLButtonElement {
  return h("button", { class: `button ${kind}`, type: "button", onclick }, label);
}

const SVG = "http://www.w3.org/2000/svg";

/** A drawing of lines on a field of 24 × 24; the word beside it says the same, so it is hidden from screen readers. */
export function icon(path: string): SVGElement {
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: path }));
}

export function svg(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  ...children: SVGElement[]
): SVGElement {
  const element = document.createElementNS(SVG, tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
