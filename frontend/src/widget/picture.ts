import { svg } from "../ui/index.js";

const FOREST =
  "M0 76V58l8-17 8 17 7-8 7 8 7-27.5 7 27.5 6-11 6 11 7-15.5 7 15.5 8.5-21 8.5 21 6-14 6 14 5.5-14 5.5 14 5.5-14 5.5 14 7-16 7 16 8.5-23 8.5 23 5-22 5 22 5.5-11 5.5 11 8.5-13 8.5 13 5.5-16 5.5 16 8-18.5 8 18.5 5-10 5 10 5.5-24.5 5.5 24.5 8-12 8 12 8.5-15 8.5 15 4.5-12.5 4.5 12.5 8.5-13 8.5 13 6-22 6 22 6-11 6 11 3.5-21 3.5 21V76z";

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
