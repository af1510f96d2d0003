/** The shape that stands for a presence beside its words: never a colour alone. */
import { icon } from "../ui/index.js";
import type { ShownPresence } from "./presence.js";

/** A tick, a clock, a broken ring, a way out; a bare line where nothing is known. */
const SHAPES: Readonly<Record<ShownPresence, string>> = {
  here: "M4 12l6 6L20 6",
  hidden: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zM12 7v5h4",
  unreachable:
    "M12 3a9 9 0 0 1 4 1M20 8a9 9 0 0 1 0 8M16 20a9 9 0 0 1-8 0M4 16a9 9 0 0 1 0-8M8 4l1-.4M12 8v5M12 16v.1",
  left: "M13 4H5v16h8M10 12h10M16 8l4 4l-4 4",
  unknown: "M6 12h12",
};

export function presenceIcon(state: ShownPresence): SVGElement {
  return icon(SHAPES[state]);
}
