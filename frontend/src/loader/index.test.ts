// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const CHAT = "https://chat.example";
const NEUTRAL = "https://weather.example/";
const CONFIG = {
  exit: NEUTRAL,
  panel: "/embed/panel-0.js",
  help: ["112", "Nollalinja 080 005 005"],
  words: {
    fi: { open: "Avaa chat", cover: "Ladataan", left: ["aika loppui", "vielä yksi", "vielä kaksi"] },
    en: { open: "Open chat", cover: "Loading", left: ["time ran out", "once more", "twice more"] },
  },
};

let went: string[] = [];
let beacons: string[][] = [];
const host = (): HTMLElement | null => document.querySelector("suoja-chat");
const root = (): ShadowRoot => host()?.shadowRoot as ShadowRoot;
const launcher = (): HTMLButtonElement => root().querySelector("button") as HTMLButtonElement;

/** Runs the loader as a script of a host's page. */
async function load(script: { lang?: string; page?: string } = {}): Promise<void> {
  const element = document.createElement("script");
  element.src = `${CHAT}/embed/suoja.js`;
  if (script.lang) element.dataset["lang"] = script.lang;
  document.documentElement.lang = script.page ?? "";
  vi.spyOn(document, "currentScript", "get").mockReturnValue(element);
  vi.resetModules();
  await import("./index.js");
}

function press(key: string): void {
  document.body.dispatchEvent(new KeyboardEvent("keyup", { key, bubbles: true }));
}

/** Stops what a loader of an earlier test has on the window. */
let listeners: [string, EventListenerOrEventListenerObject][] = [];

beforeEach(() => {
  went = [];
  beacons = [];
  listeners = [];
  const add = globalThis.addEventListener.bind(globalThis);
  vi.spyOn(globalThis, "addEventListener").mockImplementation(
    (type: string, listener: EventListenerOrEventListenerObject, options?: unknown) => {
      listeners.push([type, listener]);
      add(type, listener, options as boolean);
    },
  );
  vi.stubGlobal("__SUOJA_CONFIG__", CONFIG);
  vi.stubGlobal(
    "CSSStyleSheet",
    class {
      replaceSync = (): void => undefined;
    },
  );
  vi.stubGlobal("navigator", { sendBeacon: (...what: string[]) => beacons.push(what) });
  vi.stubGlobal("location", { replace: (url: string) => went.push(url) });
});

afterEach(() => {
  for (const [type, listener] of listeners) removeEventListener(type, listener, true);
  vi.unstubAllGlobals();
  document.body.replaceChildren();
  document.head.replaceChildren();
  sessionStorage.clear();
  Reflect.deleteProperty(globalThis, "suoja");
});

describe("the loader on a host's page", () => {
  // safety 33
  it("adds one element and one global, and nothing else", async () => {
    document.body.append(document.createElement("h1"));
    const names = new Set(Object.getOwnPropertyNames(globalThis));
    const before = document.documentElement.outerHTML;
    await load();
    expect(Object.getOwnPropertyNames(globalThis).filter((name) => !names.has(name))).toEqual(["suoja"]);
    host()?.remove();
    expect(document.documentElement.outerHTML.replace(' lang=""', "")).toBe(before);
  });

  // safety 33
  it("does nothing the second time", async () => {
    await load();
    await load();
    expect(document.querySelectorAll("suoja-chat")).toHaveLength(1);
  });

  // safety 19
  it("draws a button that says whether the panel is open", async () => {
    await load();
    expect(launcher().textContent).toBe("Avaa chat");
    expect(launcher().getAttribute("aria-expanded")).toBe("false");
  });

  it.each([
    [{ page: "en" }, "Open chat"],
    [{ page: "en-GB" }, "Open chat"],
    [{ page: "fi", lang: "en" }, "Open chat"],
    [{ page: "de" }, "Avaa chat"],
    [{}, "Avaa chat"],
  ])("speaks the host's language where it is ours: %j", async (script, words) => {
    await load(script);
    expect(launcher().textContent).toBe(words);
  });

  // safety 16
  it("is a plain link to the page in a browser that is too old", async () => {
    vi.stubGlobal("CSSStyleSheet", undefined);
    await load({ page: "en" });
    expect(host()?.shadowRoot).toBeNull();
    const link = host()?.querySelector("a");
    expect(link?.href).toBe(`${CHAT}/en/chat/`);
    expect(link?.textContent).toBe("Open chat");
  });

  // safety 16
  it("gives numbers when the panel can't be fetched, and throws nothing", async () => {
    await load();
    launcher().click();
    await vi.waitFor(() => expect(root().querySelector("a")).not.toBeNull());
    const links = [...root().querySelectorAll("a")].map((link) => link.href);
    expect(links).toEqual([`${CHAT}/chat/`, "tel:112", "tel:080005005"]);
  });

  // safety 3
  it("leaves by Shift three times, before anybody has opened the chat", async () => {
    await load({ page: "en" });
    const status = root().querySelector("[role=status]");
    press("Shift");
    expect(status?.textContent).toBe("twice more");
    press("Shift");
    expect(status?.textContent).toBe("once more");
    press("Shift");
    expect(went).toEqual([NEUTRAL]);
    expect(root().querySelector("[data-suoja-cover]")?.textContent).toBe("Loading");
    expect(root().querySelector("[data-suoja-cover]")?.getAttribute("role")).toBe("alert");
  });

  // safety 2
  it("ends the talk of the page before, though neither the panel nor its frame is there yet", async () => {
    sessionStorage.setItem("suoja", "exit-only");
    await load();
    for (let times = 0; times < 3; times++) press("Shift");
    expect(beacons).toEqual([[`${CHAT}/live/exit`, "exit-only"]]);
    expect(sessionStorage).toHaveLength(0);
    expect(went).toEqual([NEUTRAL]);
  });

  // safety 2
  it("makes no panel of a file that comes after the exit", async () => {
    const makePanel = vi.fn<() => void>();
    vi.doMock(`${CHAT}/embed/panel-0.js`, () => ({ makePanel }));
    await load();
    launcher().click();
    for (let times = 0; times < 3; times++) press("Shift");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(makePanel).not.toHaveBeenCalled();
    // On another page, where nobody has left, it does.
    document.querySelector("suoja-chat")?.remove();
    Reflect.deleteProperty(globalThis, "suoja");
    await load();
    launcher().click();
    await vi.waitFor(() => expect(makePanel).toHaveBeenCalledOnce());
    vi.doUnmock(`${CHAT}/embed/panel-0.js`);
  });

  // safety 2
  it("draws nothing over the cover, whatever fails to come after the exit", async () => {
    await load();
    launcher().click();
    for (let times = 0; times < 3; times++) press("Shift");
    await new Promise((resolve) => setTimeout(resolve, 50));
    launcher().click();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(root().lastElementChild?.hasAttribute("data-suoja-cover")).toBe(true);
    expect(root().querySelectorAll("a, iframe")).toHaveLength(0);
  });

  // safety 2
  it("makes a host's own marked link an exit, and leaves other links alone", async () => {
    await load();
    document.body.insertAdjacentHTML(
      "beforeend",
      '<a href="#x" id="x">x</a><a data-suoja-exit href="/">y</a>',
    );
    document.querySelector<HTMLElement>("#x")?.click();
    expect(went).toEqual([]);
    document.querySelector<HTMLElement>("[data-suoja-exit]")?.click();
    expect(went).toEqual([NEUTRAL]);
  });

  // safety 8
  it("keeps nothing while no talk lives", async () => {
    await load();
    launcher().click();
    expect(sessionStorage).toHaveLength(0);
  });
});
