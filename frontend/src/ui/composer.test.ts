// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Composer, createComposer } from "./composer.js";
import { createWords } from "./words.js";

const words = createWords({ message: "Message", send: "Send" });
const MOUSE = "(pointer: fine)";
let composer: Composer;
let sent: string[];
let typing: boolean[];

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  typing = [];
  composer = createComposer(words, {
    onSend: (text) => sent.push(text),
    onTyping: (isTyping) => typing.push(isTyping),
    enterSends: MOUSE,
  });
  vi.stubGlobal("matchMedia", (query: string) => ({ matches: query === MOUSE }));
  document.body.replaceChildren(composer.element);
});
afterEach(() => void vi.useRealTimers());

const input = (): HTMLTextAreaElement => composer.element.querySelector("textarea") as HTMLTextAreaElement;
const button = (): HTMLButtonElement => composer.element.querySelector("button") as HTMLButtonElement;
function write(text: string): void {
  input().value = text;
  input().dispatchEvent(new Event("input", { bubbles: true }));
}
function press(key: string, more: KeyboardEventInit = {}): void {
  input().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
}

describe("the composer", () => {
  test("is a textbox named Message and a button Send", () => {
    expect([input().getAttribute("aria-label"), button().textContent]).toEqual(["Message", "Send"]);
  });

  // safety 12
  test("keeps spellcheckers, completion, correction, writing aids and translation away from what is typed", () => {
    const off = [
      "spellcheck",
      "autocomplete",
      "autocorrect",
      "writingsuggestions",
      "translate",
      "data-gramm",
    ];
    const values = off.map((name) => input().getAttribute(name));
    expect(values).toEqual(["false", "off", "off", "false", "no", "false"]);
  });

  test("sends what was written by the button and by Enter, and is empty again", () => {
    write("hei ");
    button().click();
    write("toinen\nrivi");
    press("Enter");
    expect([sent, input().value]).toEqual([["hei", "toinen\nrivi"], ""]);
  });

  test("keeps Shift + Enter and an unfinished composition for the text", () => {
    write("hei");
    press("Enter", { shiftKey: true });
    press("Enter", { isComposing: true });
    expect(sent).toEqual([]);
  });

  test("gives what is written and not sent", () => {
    write("hei\n");
    expect([composer.draft(), sent]).toEqual(["hei", []]);
  });

  test("leaves Enter to the text in all other media: on a phone", () => {
    vi.stubGlobal("matchMedia", () => ({ matches: false }));
    write("hei");
    press("Enter");
    expect(sent).toEqual([]);
  });

  test("sends nothing that holds no word", () => {
    write(" \n ");
    button().click();
    expect([sent, input().value]).toEqual([[], " \n "]);
  });

  test("keeps the text and sends nothing while it is switched off", () => {
    composer.setEnabled(false);
    write("hei");
    press("Enter");
    composer.element.requestSubmit();
    expect([sent, input().value]).toEqual([[], "hei"]);
  });

  // safety 12
  test("tells that somebody writes at most every five seconds, and that they stopped, but not what", () => {
    write("h");
    write("he");
    expect(typing).toEqual([true]);
    vi.advanceTimersByTime(5000);
    expect(typing).toEqual([true, false]);
    write("hei");
    button().click();
    expect(typing).toEqual([true, false, true, false]);
  });
});
