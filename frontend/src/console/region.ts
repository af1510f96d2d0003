/** How one conversation is laid out: who and how long above, the log, what needs the helper, the composer. */
import { h } from "../ui/index.js";

export interface RegionParts {
  readonly name: string;
  /** The line, and the language when it isn't Finnish. */
  readonly about: string;
  readonly lasted: HTMLElement;
  readonly presence: HTMLElement;
  readonly end: HTMLElement;
  /** From the log down to the composer's keys. */
  readonly body: readonly HTMLElement[];
}

export function drawRegion({ name, about, lasted, presence, end, body }: RegionParts): HTMLElement {
  const header = h(
    "header",
    { class: "conversation-header" },
    h("div", {}, h("h2", {}, name), h("p", {}, about, lasted)),
    presence,
    end,
  );
  return h("section", { class: "conversation", "aria-label": name }, header, ...body);
}
