// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Exit, installExit } from "./index.js";

const NEUTRAL = "https://weather.example/";
const WORDS = { two: "twice more", one: "once more", late: "time ran out", cover: "Loading" };

let steps: string[] = [];
let link: HTMLAnchorElement;
let installed: ReturnType<typeof installExit> | undefined;

function install(changes: Partial<Exit> = {}): void {
  installed = installExit({
    link,
    url: NEUTRAL,
    words: WORDS,
    wipe: () => steps.push(`wiped, ${cover() ? "covered" : "seen"}`),
    exitToken: () => "exit-only",
    ...changes,
  });
}

const cover = (): Element | null => document.querySelector("[data-suoja-cover]");
const status = (): Element | null => document.querySelector("[role=status]");

function pressShift(times: number): void {
  for (let press = 0; press < times; press++) {
    document.body.dispatchEvent(new KeyboardEvent("keyup", { key: "Shift", bubbles: true }));
  }
}

beforeEach(() => {
  steps = [];
  document.head.replaceChildren();
  document.body.replaceChildren();
  link = document.body.appendChild(document.createElement("a"));
  link.href = NEUTRAL;
  document.body.append("what must not be seen");
  vi.stubGlobal("location", { replace: (url: string) => steps.push(`went to ${url}`) });
  vi.stubGlobal("navigator", {
    sendBeacon: (url: string, body: string) => steps.push(`told ${url} ${body}`),
  });
});

afterEach(() => {
  installed?.stop();
  vi.unstubAllGlobals();
});

describe("the exit of a page of our own", () => {
  // safety 2
  it("covers, wipes, tells and goes, in this order, in one task", () => {
    install();
    link.click();
    expect(steps).toEqual(["wiped, covered", "told /live/exit exit-only", `went to ${NEUTRAL}`]);
  });

  // safety 2
  it("says nothing to the neutral site about where one was", () => {
    install();
    link.click();
    expect(document.querySelector<HTMLMetaElement>("meta[name=referrer]")?.content).toBe("no-referrer");
  });

  // safety 2
  it("leaves nothing behind the cover, which says one neutral word", () => {
    install();
    link.click();
    expect(document.body.children).toHaveLength(1);
    expect(document.body.textContent).toBe("Loading");
    expect(cover()?.getAttribute("role")).toBe("alert");
  });

  // safety 3
  it("leaves by Shift three times: this is the test that misses a removed listener", () => {
    install();
    pressShift(2);
    expect(steps).toEqual([]);
    expect(status()?.textContent).toBe("once more");
    pressShift(1);
    expect(steps.at(-1)).toBe(`went to ${NEUTRAL}`);
  });

  // safety 2
  it("goes even if wiping and telling fail", () => {
    install({
      wipe: () => {
        throw new Error("no");
      },
    });
    vi.stubGlobal("navigator", {
      sendBeacon: () => {
        throw new Error("no");
      },
    });
    link.click();
    expect(steps).toEqual([`went to ${NEUTRAL}`]);
  });

  it("tells nobody while there is no talk", () => {
    install({ exitToken: () => undefined });
    link.click();
    expect(steps).toEqual(["wiped, covered", `went to ${NEUTRAL}`]);
  });

  // safety 9
  it("leaves again when a browser brings the left page back, and only then", () => {
    install();
    dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    expect(steps).toEqual([]);
    link.click();
    steps = [];
    dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    expect(steps.at(-1)).toBe(`went to ${NEUTRAL}`);
    expect(cover()).not.toBeNull();
  });

  it("gives the link back to the page when it is stopped", () => {
    install();
    installed?.stop();
    pressShift(3);
    link.addEventListener("click", (event) => event.preventDefault());
    link.click();
    expect(steps).toEqual([]);
    expect(status()).toBeNull();
  });
});
