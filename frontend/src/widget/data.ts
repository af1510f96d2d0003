import type { LineState as LineStateAnywhere } from "../lines/index.js";
import type { Language } from "../wire/index.js";

/** A line as `/api/lines/` gives it; of its fields those that a visitor's page shows. */
export interface LineState extends LineStateAnywhere {
  /** What those write who are on duty, in the order in which it is said. */
  readonly languages: readonly Language[];
  /** For whom it is; the page knows it, the public address may not. */
  readonly audience?: string;
}

/** What the page hands over in `<script type="application/json" id="suoja-data">`. */
export interface WidgetData {
  readonly language: Language;
  readonly words: Readonly<Record<string, string>>;
  readonly lines: readonly LineState[];
  readonly mode: "frame" | "page";
  /** The neutral site. */
  readonly exit: string;
  /** Origins that may carry the frame, besides our own. */
  readonly hosts: readonly string[];
}

export function readData(): WidgetData {
  return JSON.parse(document.getElementById("suoja-data")?.textContent ?? "");
}
