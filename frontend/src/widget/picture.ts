import { svg } from "../ui/index.js";

/** Each tree's half width and its height, in base 36: a row of spruces is short to say. */
const TREES = "8h787r6b7f8l6e6e6e6g9n5m6b8d6g8i4a6o8c8f5c8d6m6b4l";

const FOREST = `M0 76V58${TREES.replace(/(.)(.)/g, (_, half: string, top: string) => {
  const height = Number.parseInt(top, 36);
  return `l${half}-${height} ${half} ${height}`;
})}V76z`;

/** The window at dusk, seen from inside: the lamp is lit while somebody is there, and off when the chat is closed. */
export function windowPicture(isLit: boolean): SVGElement {
  const shapes: [fill: string, d: string][] = [
    ["sky-1", "M0 0h328v76H0z"],
    ["sky-2", isLit ? "M0 14h328v62H0z" : "M0 44h328v32H0z"],
  ];
  if (isLit) shapes.push(["sky-3", "M0 32h328v44H0z"], ["sky-4", "M0 48h328v28H0z"]);
  shapes.push(
    ["forest", FOREST],
    ["frame", "M104 0h8v76h-8zM216 0h8v76h-8z"],
    ["sill", "M0 76h328v8H0z"],
    [isLit ? "frame" : "frame-2", "M273 40h4v30h10v6h-24v-6h10z"],
    [isLit ? "lampshade" : "frame-2", "M264 14h22l10 28h-42z"],
    ["cup", "M34 56h18v14a6 6 0 0 1-6 6h-6a6 6 0 0 1-6-6z"],
  );
  const paths = shapes.map(([fill, d]) => svg("path", { fill: `var(--${fill})`, d }));
  return svg("svg", { class: "window-picture", viewBox: "0 0 328 84", "aria-hidden": "true" }, ...paths);
}
