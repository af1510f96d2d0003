/** What the server gives with the page: who is on duty, for which lines, and every word that is shown. */
import type { Language } from "../wire/index.js";
import type { Patience } from "./presence.js";

export interface LineShown {
  readonly code: string;
  readonly name: string;
  /** Ready words that ask whether it is safe to write, by the language in which the visitor writes (safety 15). */
  readonly safety_questions: Readonly<Record<Language, string>>;
}

export interface ConsoleData extends Patience {
  readonly language: Language;
  readonly words: Readonly<Record<string, string>>;
  /** The lines that this helper answers, in the order of the page. */
  readonly lines: readonly LineShown[];
  readonly role: string;
  /** Names this session's duty, and in this browser its key pair. */
  readonly duty: string;
  /** The service's clock when the page was made, in ms: it may be another than the browser's. */
  readonly now: number;
  readonly grant_url: string;
  readonly sign_in_url: string;
}

/** The page's data. Throws when the page was made for another version of this script. */
export function readData(): ConsoleData {
  const text = document.getElementById("suoja-data")?.textContent;
  if (!text) throw new Error("the page holds no data");
  return JSON.parse(text) as ConsoleData;
}

/** The page's element with this id; the template has it. */
export function part<Kind extends HTMLElement>(id: string): Kind {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no ${id}`);
  return element as Kind;
}

/** A clock that shows the service's time from the browser's. */
export function serviceClock(now: number): () => number {
  const ahead = now - Date.now();
  return () => Date.now() + ahead;
}
