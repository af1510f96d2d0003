// The front page's own script: its exit until the loader holds it, and the chats' state as it changes.

import { type ExitWords, installExit } from "../exit/index.js";
import { followLines } from "./lines.js";
import { yieldToLoader } from "./loader.js";

interface PageData {
  /** The neutral site. */
  readonly exit: string;
  readonly words: ExitWords;
}

function start(link: HTMLElement, data: PageData): void {
  const exit = installExit({
    link,
    url: data.exit,
    words: data.words,
    wipe: () => undefined,
    exitToken: () => undefined,
  });
  yieldToLoader(link, exit.stop);
  followLines(document);
}

const door = document.getElementById("exit");
const text = document.getElementById("suoja-data")?.textContent;
if (door && text) start(door, JSON.parse(text));
