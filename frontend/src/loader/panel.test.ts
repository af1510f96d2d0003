// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { GREETING } from "../exit/messages.js";
import type { Panel } from "./host.js";

const CHAT = "https://chat.example";
const CONFIG = {
  exit: "https://weather.example/",
  words: {
    en: {
      exit: "Exit this page",
      chat: "Chat",
      close: "Minimise",
      page: "Open the chat on its own page",
      wait: "The chat is opening.",
      help: [["Emergency number", "112"]],
    },
  },
};

let panel: Panel;
let pulses: boolean[] = [];
let element: HTMLElement;
let launcher: HTMLButtonElement;
const root = (): ShadowRoot => element.shadowRoot as ShadowRoot;
const find = <E extends HTMLElement>(selector: string): E => root().querySelector<E>(selector) as E;
const delivered = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

async function make(isAsked = true): Promise<void> {
  const { makePanel } = await import("./panel.js");
  const shadow = root();
  panel = makePanel({
    root: shadow,
    language: "en",
    base: `${CHAT}/en`,
    pulse: (isAlone) => pulses.push(isAlone),
    isAsked,
  });
}

/** Plays the frame: takes the greeting and gives its port. */
function frameAnswers(): { port: MessagePort; heard: unknown[]; target: unknown } {
  const frame = find<HTMLIFrameElement>("iframe");
  const heard: unknown[] = [];
  let taken: { port: MessagePort; target: unknown } | undefined;
  const take = (word: unknown, origin: unknown, ports: MessagePort[]): void => {
    if (word === GREETING) taken = { port: ports[0] as MessagePort, target: origin };
  };
  vi.spyOn(frame, "contentWindow", "get").mockReturnValue({ postMessage: take } as unknown as Window);
  frame.onload?.(new Event("load"));
  const { port, target } = taken as unknown as { port: MessagePort; target: unknown };
  port.onmessage = ({ data }): void => void heard.push(data);
  return { port, heard, target };
}

beforeEach(() => {
  pulses = [];
  vi.stubGlobal("__SUOJA_PANEL__", CONFIG);
  vi.stubGlobal(
    "CSSStyleSheet",
    class {
      replaceSync = (): void => undefined;
    },
  );
  element = document.body.appendChild(document.createElement("suoja-chat"));
  const shadow = element.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [];
  launcher = shadow.appendChild(document.createElement("button"));
});

afterEach(() => {
  element.remove();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

describe("the panel", () => {
  // safety 1
  it("begins with the exit, a real link without a referrer", async () => {
    await make();
    const first = find<HTMLAnchorElement>("section a, section button, section iframe");
    expect(first.textContent).toBe("Exit this page");
    expect(first.href).toBe("https://weather.example/");
    expect(first.rel).toBe("noreferrer");
  });

  // safety 19
  it("moves the focus to its heading, and back to the button when it closes", async () => {
    await make();
    expect(root().activeElement).toBe(find("h2"));
    expect(launcher.getAttribute("aria-expanded")).toBe("true");
    find("header button").click();
    expect(root().activeElement).toBe(launcher);
    expect(launcher.getAttribute("aria-expanded")).toBe("false");
    expect(find("section").hidden).toBe(true);
  });

  // safety 19
  it("closes at Esc and keeps the frame, in which the talk goes on", async () => {
    await make();
    const frame = find("iframe");
    find("h2").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true }));
    expect(find("section").hidden).toBe(true);
    panel.toggle();
    expect(find("section").hidden).toBe(false);
    expect(find("iframe")).toBe(frame);
  });

  it("takes no focus when it opens by itself on the host's next page", async () => {
    const field = document.body.appendChild(document.createElement("input"));
    field.focus();
    await make(false);
    expect(find("section").hidden).toBe(false);
    expect(document.activeElement).toBe(field);
    field.remove();
  });

  it("marks the element while it is open", async () => {
    await make();
    expect(element.hasAttribute("open")).toBe(true);
    panel.toggle();
    expect(element.hasAttribute("open")).toBe(false);
  });

  // safety 4
  it("gives the frame its address before it is in the page, and once", async () => {
    const inserted: string[] = [];
    const watched = new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes)
          for (const frame of (node as Element).querySelectorAll("iframe")) inserted.push(frame.src);
    });
    watched.observe(root(), { childList: true, subtree: true });
    await make();
    panel.toggle();
    panel.toggle();
    await delivered();
    expect(inserted).toEqual([`${CHAT}/en/embed/frame/`]);
    expect(find("iframe").title).toBe("Chat");
  });

  // safety 16
  it("shows numbers and the page's link until the frame says hello", async () => {
    await make();
    expect(find("iframe").className).toBe("w");
    expect(find<HTMLAnchorElement>(".h a[href^=tel]").href).toBe("tel:112");
    expect(find<HTMLAnchorElement>(".h a:last-child").href).toBe(`${CHAT}/en/chat/`);
    frameAnswers().port.postMessage(["hello"]);
    await delivered();
    expect(find("iframe").className).toBe("");
    expect(find(".h").hidden).toBe(true);
  });

  // safety 32
  it("greets exactly our origin, and drops what it does not know", async () => {
    await make();
    const { port, target } = frameAnswers();
    expect(target).toBe(CHAT);
    for (const data of ["hello", ["pulse", "yes"], ["exit", 1], ["toString"], { close: true }, undefined])
      port.postMessage(data);
    await delivered();
    expect(find("iframe").className).toBe("w");
    expect(find("section").hidden).toBe(false);
    expect(pulses).toEqual([]);
    expect(sessionStorage).toHaveLength(0);
  });

  // safety 3
  it("takes the keys that the frame heard", async () => {
    await make();
    const { port } = frameAnswers();
    port.postMessage(["pulse", true]);
    port.postMessage(["pulse", false]);
    await delivered();
    expect(pulses).toEqual([true, false]);
  });

  // safety 8
  it("keeps one flag while a talk lives: what can end it", async () => {
    await make();
    const { port } = frameAnswers();
    port.postMessage(["exit", "exit-only"]);
    await delivered();
    expect({ ...sessionStorage }).toEqual({ suoja: "exit-only" });
    port.postMessage(["exit", ""]);
    await delivered();
    expect(sessionStorage).toHaveLength(0);
  });

  // safety 2
  it("lets the frame wipe itself, and then sends nothing of its own", async () => {
    await make();
    const { port, heard } = frameAnswers();
    const done = vi.fn<(token?: string) => void>();
    panel.wipe("exit-only", done);
    await delivered();
    expect(heard).toContain("wipe");
    port.postMessage(["wiped"]);
    await vi.waitFor(() => expect(done).toHaveBeenCalledOnce());
    expect(done).toHaveBeenCalledWith(undefined);
    expect(root().querySelector("iframe")).toBeNull();
  });

  // safety 2
  it("puts no flag up any more once the visitor leaves", async () => {
    await make();
    const { port } = frameAnswers();
    const done = vi.fn<(token?: string) => void>();
    panel.wipe(undefined, done);
    port.postMessage(["exit", "exit-only"]);
    await vi.waitFor(() => expect(done).toHaveBeenCalledOnce());
    expect(sessionStorage).toHaveLength(0);
  });

  // safety 2
  it("hands the flag's token on when the frame is not there yet", async () => {
    await make(false);
    const done = vi.fn<(token?: string) => void>();
    panel.wipe("exit-only", done);
    await vi.waitFor(() => expect(done).toHaveBeenCalledWith("exit-only"));
    expect(root().querySelector("iframe")).toBeNull();
  });

  // safety 2
  it("takes a silent frame away after 100 ms, and hands the token on", async () => {
    await make();
    const { port } = frameAnswers();
    port.postMessage(["exit", "exit-only"]);
    await delivered();
    const done = vi.fn<(token?: string) => void>();
    vi.useFakeTimers();
    panel.wipe(undefined, done);
    vi.advanceTimersByTime(99);
    expect(done).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    vi.useRealTimers();
    expect(done).toHaveBeenCalledWith("exit-only");
    expect(root().querySelector("iframe")).toBeNull();
  });
});
