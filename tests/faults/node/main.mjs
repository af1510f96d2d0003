// People's browsers, driven line by line: a JSON command on stdin, its JSON answer on stdout. tests/faults/people.py
// writes the commands. The pages are the service's own, with the scripts that it serves.

import { createInterface } from "node:readline";
import { Browser } from "./browser.mjs";
import { Page } from "./page.mjs";
import { choose, leave, log, press, sights, write } from "./screen.mjs";

const WAIT_MS = 10_000;
const LOOK_EVERY_MS = 10;

const browsers = new Map();
const pages = new Map();
/** A promise of a page's that failed unseen can't be told from another page's: it is everybody's mishap. */
const unseen = [];
process.on("unhandledRejection", (error) => unseen.push(String(error?.stack ?? error)));

const verbs = {
  browser: ({ name, speed }) => void browsers.set(name, new Browser(speed)),
  signIn: ({ browser, url, email, password }) => signIn(browsers.get(browser), url, email, password),
  signOut: ({ browser, page, url }) => send(browsers.get(browser), page, url, {}),
  open: ({ browser, page, url }) => settle(page, new Page(browsers.get(browser), url)),
  reload: ({ page }) => void pages.set(page, pages.get(page).reloaded()),
  duplicate: ({ page, as }) => void pages.set(as, pages.get(page).duplicate()),
  restore: ({ page, browser, url }) => {
    pages.set(page, new Page(browsers.get(browser), url, pages.get(page).memory));
  },
  close: ({ page }) => pages.get(page).close(),
  crash: ({ page }) => pages.get(page).crash(),
  forget: ({ page }) => void pages.delete(page),
  loaded: ({ page }) => pages.get(page).ready,
  press: ({ page, name }) => until(() => press(pages.get(page), name), `no button ${name}`, page),
  tryPress: ({ page, name }) => attempt(() => press(pages.get(page), name)),
  leave: ({ page }) => attempt(() => leave(pages.get(page))),
  choose: ({ page, value }) => until(() => choose(pages.get(page), value), `no choice ${value}`, page),
  write: ({ page, text }) => attempt(() => write(pages.get(page), text)),
  isOpen: ({ page }) => attempt(() => pages.get(page).document !== undefined),
  log: ({ page }) => log(pages.get(page)),
  sights: ({ page }) => sights(pages.get(page)),
  tell: ({ page, event }) => attempt(() => void pages.get(page).tell(event)),
  show: ({ page, isVisible }) => attempt(() => void pages.get(page).setVisible(isVisible)),
  loseKeys: ({ browser }) => browsers.get(browser).loseDatabases(),
  mishaps: () => [...unseen, ...[...browsers.values()].flatMap(({ mishaps }) => mishaps)],
};

async function settle(name, page) {
  pages.set(name, page);
  await page.ready;
}

/** On a page that has not loaded there is nothing to press: that is no mistake of anybody's. */
function attempt(act) {
  try {
    return act() ?? true;
  } catch {
    return false;
  }
}

async function until(check, what, page) {
  const deadline = Date.now() + WAIT_MS;
  while (!attempt(check)) {
    if (Date.now() > deadline)
      throw new Error(`${what} on ${page}: ${pages.get(page).document.body.innerHTML}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Through the sign-in page, as a person: its cookie, its token, its form. */
async function signIn(browser, url, email, password) {
  await send(browser, url, url, { username: email, password });
}

/** Sends a form of a page: with the page's token, and to be led on by the answer. */
async function send(browser, page, url, fields) {
  const shown = await (await browser.request(page)).text();
  const token = /name="csrfmiddlewaretoken" value="([^"]+)"/u.exec(shown)?.[1] ?? "";
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, ...fields });
  const answer = await browser.request(url, { method: "POST", body, redirect: "manual" });
  if (answer.status !== 302) throw new Error(`${url}: ${answer.status}`);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { do: verb, ...given } = JSON.parse(line);
  let answer;
  try {
    answer = { value: (await verbs[verb](given)) ?? null };
  } catch (error) {
    answer = { error: String(error?.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit();
