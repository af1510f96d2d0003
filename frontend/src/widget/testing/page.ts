/** For tests alone: the widget in a page, with the stand-in server at the edge; and the words and buttons on it. */
import { afterEach, beforeEach, vi } from "vitest";
import { joinRealms } from "../../crypto/testing/realm.js";
import { App } from "../app.js";
import type { LineState, WidgetData } from "../data.js";
import { Screen } from "../screen.js";
import type { State } from "../states.js";
import { wordsFor } from "../words.js";
import { Server } from "./server.js";
import { holdViews } from "./views.js";

const now = { is_open: true, reason: null };
export const open: LineState = {
  ...now,
  code: "adults",
  name: "Help with violence",
  audience: "For everyone over 18.",
  languages: ["fi", "sv"],
};
export const young: LineState = { ...now, code: "young", name: "Chat for children", languages: ["fi"] };
export const shut = (line: LineState): LineState => ({
  ...line,
  is_open: false,
  reason: "nobody_on_duty",
  languages: [],
});

const words = {
  chat: "Chat",
  queue_2: "You are second.",
  ahead_1: "One before you.",
  log_name: "Conversation",
  message: "Message",
  send: "Send",
  you: "You",
  joined: "{name} joined at {time}.",
  typing: "{name} is writing",
  end_conversation: "End conversation",
  end_yes: "End",
  close: "Close",
  connection_name: "Connection",
  connection_lost: "Connection lost.",
  connection_back: "Back.",
  helper_away: "Your helper is away.",
  requeued_helper_lost: "Your helper was lost.",
  requeued_parked: "You were away.",
  reads_on: "{name} can read on.",
  returned: "{name} is back.",
  own_pace: "At your own pace.",
  not_sent: "Not sent yet.",
  ended_by_visitor: "You ended it.",
  ended_by_helper: "The helper ended it.",
  ended_by_absence: "You were away too long.",
  ended_by_service: "The service ended it.",
  begin_again: "To the beginning",
  choose_first: "Choose first.",
  no_connection: "No connection.",
  just_closed: "Just closed.",
  open_now: "Open now.",
  answered_in: "Right now we answer in {languages}.",
  in_fi: "Finnish",
  in_sv: "Swedish",
  in_en: "English",
  and: "and",
};
const data: WidgetData = {
  language: "fi",
  words,
  lines: [open, young],
  mode: "page",
  exit: "https://example.org/",
  hosts: [],
};

export let server: Server;
export let app: App;
/** Those before a reload, too: what they still try must not reach the next test's server. */
let pages: App[] = [];
export let told: (string | undefined)[];
export let root: HTMLElement;

export function load(more: Partial<WidgetData> = {}): void {
  const link = document.createElement("a");
  link.id = "exit";
  link.href = "https://example.org/";
  root = document.createElement("main");
  root.append(link);
  document.body.replaceChildren(root);
  holdViews();
  const given = { ...data, ...more };
  server.lines = [...given.lines];
  app = new App(given, new Screen(root, given.mode, wordsFor(words)), (exitGrant) => told.push(exitGrant));
  pages.push(app);
  app.start();
}

export const find = <Kind extends Element>(selector: string): Kind => {
  const found = document.querySelector<Kind>(selector);
  if (!found) throw new Error(`no ${selector} in ${document.body.innerHTML}`);
  return found;
};
export const button = (name: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll("button")].find((element) => element.textContent === name);
  if (!found) throw new Error(`no button ${name}`);
  return found;
};
export const state = (): string | undefined => root.dataset["state"];
export const until = (check: () => void): Promise<void> => vi.waitFor(check, { interval: 2, timeout: 4000 });
export const becomes = (expected: State): Promise<void> => holds(() => state() === expected, expected);

/** Waits for something to be so, or says what never was. */
async function holds(check: () => boolean, what: string): Promise<void> {
  await until(() => {
    if (!check()) throw new Error(`never ${what}: ${document.body.innerHTML}`);
  });
}
export const texts = (): (string | null)[] =>
  [...document.querySelectorAll(".message-text")].map((element) => element.textContent);

export async function inQueue(more?: Partial<WidgetData>): Promise<void> {
  load(more);
  find<HTMLInputElement>('input[value="adults"]').click();
  button("Start").click();
  await becomes("queue");
}

export async function inTalk(more?: Partial<WidgetData>): Promise<void> {
  await inQueue(more);
  await server.accept();
  await becomes("talk");
  await holds(() => server.log.at(-1)?.event === "key", "given the key");
}

/** The same, with a clock that a test may move on; it runs by itself as well. */
export async function inTalkOnAClock(): Promise<void> {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  await inTalk();
}

export function write(text: string): void {
  find<HTMLTextAreaElement>("textarea").value = text;
  button("Send").click();
}

/** Each test begins with a new server and an empty browser. */
export function freshForEach(): void {
  beforeEach(fresh);
  afterEach(() => {
    vi.useRealTimers();
    for (const page of pages) page.wipe();
    pages = [];
  });
}

function fresh(): void {
  joinRealms();
  vi.spyOn(Math, "random").mockReturnValue(0.01);
  sessionStorage.clear();
  server = new Server();
  vi.stubGlobal("fetch", server.fetch);
  told = [];
}
