// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { type ConversationLog, createConversationLog } from "./log.js";
import { createWords } from "./words.js";

const words = createWords({
  log_name: "Conversation",
  you: "You",
  sending: "Sending",
  sent: "Sent",
  not_sent: "Not sent yet.",
  failed: "Was not sent.",
  new_messages: "New messages",
});
const AT = Date.UTC(2024, 5, 18, 11, 2);
let shown: ConversationLog;

beforeEach(() => {
  shown = createConversationLog(words, "fi");
  document.body.replaceChildren(shown.element);
});

const say = (text: string): void => shown.add({ who: "Ammattilainen Kaisa", text, at: AT });
const texts = (): (string | null)[] =>
  [...shown.log.querySelectorAll(".message-text, .message-event")].map((element) => element.textContent);
const marks = (): (string | null)[] =>
  [...shown.log.querySelectorAll(".message-state")].map((element) => element.textContent);

/** Gives the scrolling part a height, which jsdom has none of. */
function scrolledTo(top: number): { top: () => number } {
  Object.defineProperties(shown.element, {
    scrollHeight: { value: 1000 },
    clientHeight: { value: 300 },
  });
  shown.element.scrollTop = top;
  shown.element.dispatchEvent(new Event("scroll"));
  return { top: () => shown.element.scrollTop };
}
const newer = (): HTMLButtonElement => shown.element.querySelector(".new-messages") as HTMLButtonElement;

describe("the log", () => {
  // safety 18
  test("has its role and its name, and is there and empty, before the first message", () => {
    expect(shown.log.getAttribute("role")).toBe("log");
    expect(shown.log.getAttribute("aria-label")).toBe("Conversation");
    expect(shown.log.childNodes).toHaveLength(0);
  });

  // safety 18
  test("says the speaker's name first, then the time, then the text", () => {
    say("Hei.");
    expect(shown.log.textContent).toBe("Ammattilainen Kaisa 14.02Hei.");
  });

  // safety 18
  test("grows by one insertion a message, and takes nothing away", async () => {
    const records: MutationRecord[] = [];
    const observer = new MutationObserver((found) => void records.push(...found));
    observer.observe(shown.log, { childList: true });
    say("one");
    shown.addOwn("a", "two");
    shown.place("a", AT);
    say("three");
    await Promise.resolve();
    observer.disconnect();
    expect(records.map(({ addedNodes, removedNodes }) => [addedNodes.length, removedNodes.length])).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
  });

  test("shows own messages without a number below, and others above them", () => {
    say("one");
    shown.addOwn("a", "mine");
    say("two");
    shown.addEvent("left");
    expect(texts()).toEqual(["one", "two", "left", "mine"]);
    shown.place("a", AT);
    say("three");
    expect(texts()).toEqual(["one", "two", "left", "mine", "three"]);
  });

  test("keeps a refused one below those that got a number later", () => {
    shown.addOwn("a", "refused");
    shown.addOwn("b", "arrives");
    shown.mark("a", "failed");
    shown.place("b", AT);
    say("answer");
    expect(texts()).toEqual(["arrives", "answer", "refused"]);
  });

  test("tells of an own message that it never drew", () => {
    expect(shown.place("elsewhere", AT)).toBe(false);
  });

  test("marks an own message by a word and a shape", () => {
    shown.addOwn("a", "mine");
    expect(marks()).toEqual(["Sending"]);
    shown.mark("a", "not_sent");
    expect(marks()).toEqual(["Not sent yet."]);
    expect(shown.log.querySelector(".message-unsent .message-state svg")).not.toBeNull();
    shown.mark("a", "sent");
    expect([marks(), shown.log.querySelector(".message-unsent")]).toEqual([["Sent"], null]);
  });

  test("says Sent beside the latest only", () => {
    for (const id of ["a", "b"]) {
      shown.addOwn(id, id);
      shown.place(id, AT);
    }
    expect(marks()).toEqual(["Sent"]);
    expect(shown.log.lastElementChild?.querySelector(".message-state")).not.toBeNull();
  });

  // safety 18
  test("doesn't read out own messages nor how they fare", () => {
    shown.addOwn("a", "mine");
    expect(shown.log.lastElementChild?.getAttribute("aria-live")).toBe("off");
    say("theirs");
    expect(shown.log.firstElementChild?.hasAttribute("aria-live")).toBe(false);
  });

  // safety 18
  test("tells politely, once, that something isn't sent, and at once that it never will be", () => {
    const status = shown.element.querySelector('[role="status"]');
    const alert = shown.element.querySelector('[role="alert"]');
    shown.addOwn("a", "mine");
    shown.mark("a", "not_sent");
    shown.mark("a", "not_sent");
    expect([status?.textContent, alert?.textContent]).toEqual(["Not sent yet.", ""]);
    shown.mark("a", "failed");
    expect(alert?.textContent).toBe("Was not sent.");
  });

  // safety 18
  test("shows who writes without announcing it", () => {
    shown.showTyping("Kaisa kirjoittaa");
    const typing = shown.element.querySelector(".typing") as HTMLElement;
    expect([typing.textContent, typing.hidden, typing.closest("[role], [aria-live]")]).toEqual([
      "Kaisa kirjoittaa",
      false,
      null,
    ]);
    shown.showTyping();
    expect([typing.textContent, typing.hidden]).toEqual(["", true]);
  });

  test("says no more that somebody writes who hasn't told it again: the last word may have got lost", () => {
    vi.useFakeTimers();
    shown.showTyping("Kaisa kirjoittaa");
    vi.advanceTimersByTime(9000);
    shown.showTyping("Kaisa kirjoittaa");
    const typing = shown.element.querySelector(".typing") as HTMLElement;
    vi.advanceTimersByTime(9999);
    expect(typing.hidden).toBe(false);
    vi.advanceTimersByTime(1);
    expect(typing.hidden).toBe(true);
    vi.useRealTimers();
  });

  test("takes what somebody wrote as text, never as markup", () => {
    say("<img src=x onerror=alert(1)><b>hei</b>");
    expect(shown.log.querySelector("img, .message-text b")).toBeNull();
    expect(texts()).toEqual(["<img src=x onerror=alert(1)><b>hei</b>"]);
  });
});

describe("scrolling", () => {
  // safety 18
  test("follows a message when the reader is at the end", () => {
    const { top } = scrolledTo(690);
    say("new");
    expect([top(), newer().hidden]).toEqual([1000, true]);
  });

  // safety 18
  test("leaves one who reads further up where they are, and offers a button", () => {
    const { top } = scrolledTo(100);
    say("new");
    expect([top(), newer().hidden, newer().textContent]).toEqual([100, false, "New messages"]);
    newer().click();
    expect([top(), newer().hidden]).toEqual([1000, true]);
  });

  test("follows one's own message from anywhere", () => {
    const { top } = scrolledTo(100);
    shown.addOwn("a", "mine");
    expect(top()).toBe(1000);
  });

  // safety 18
  test("never moves the focus because a message came", () => {
    const input = document.createElement("textarea");
    document.body.append(input);
    input.focus();
    const moved = vi.fn();
    document.addEventListener("focusin", moved);
    scrolledTo(690);
    say("new");
    shown.addEvent("joined");
    expect(document.activeElement).toBe(input);
    expect(moved).not.toHaveBeenCalled();
  });
});
