// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { yieldToLoader } from "./loader.js";

let link: HTMLElement;
let isThere = vi.fn<() => void>();
const seen = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  document.body.replaceChildren();
  link = document.body.appendChild(document.createElement("a"));
  isThere = vi.fn();
  yieldToLoader(link, isThere);
});

afterEach(async () => {
  // With a loader that has come, nobody watches the page any more.
  vi.stubGlobal("suoja", {});
  document.body.append(document.createElement("suoja-chat"));
  await seen();
});

// safety 1
describe("one way out at a time", () => {
  it("is the page's own until the panel is open, and again when it is closed", async () => {
    vi.stubGlobal("suoja", {});
    const chat = document.body.appendChild(document.createElement("suoja-chat"));
    await seen();
    expect(isThere).toHaveBeenCalledOnce();
    expect(link.hidden).toBe(false);
    chat.toggleAttribute("open", true);
    await seen();
    expect(link.hidden).toBe(true);
    chat.toggleAttribute("open", false);
    await seen();
    expect(link.hidden).toBe(false);
  });

  it("stays the page's own when the loader has failed", async () => {
    document.body.appendChild(document.createElement("suoja-chat"));
    await seen();
    expect(isThere).not.toHaveBeenCalled();
    expect(link.hidden).toBe(false);
  });
});
