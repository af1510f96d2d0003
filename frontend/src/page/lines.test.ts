// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { showLines } from "./lines.js";

const words = (names: readonly string[]): string =>
  names.map((name) => `<b data-shown="${name}" hidden>${name}</b>`).join("");

const shown = (selector: string): string[] =>
  [...document.querySelectorAll<HTMLElement>(`${selector} [data-shown]`)]
    .filter((element) => !element.hidden)
    .map((element) => element.textContent ?? "");

beforeEach(() => {
  const card = (line: string): string =>
    `<li data-line="${line}">${words(["open", "nobody", "closed"])}</li>`;
  document.body.innerHTML = `<div id="hero">${words(["open", "closed"])}</div>${card("adults")}${card("young")}`;
});

describe("the chats' state on the page", () => {
  it("shows one word for each chat, and lights the lamp while any is open", () => {
    showLines(document, [
      { code: "adults", is_open: true, reason: null },
      { code: "young", is_open: false, reason: "nobody_on_duty" },
    ]);
    expect(shown("[data-line=adults]")).toEqual(["open"]);
    expect(shown("[data-line=young]")).toEqual(["nobody"]);
    expect(shown("#hero")).toEqual(["open"]);
    expect(document.querySelector("#hero")?.getAttribute("data-open")).toBe("true");
  });

  it("says closed for every other reason, and knows no chat that the page does not show", () => {
    showLines(document, [
      { code: "adults", is_open: false, reason: "exception" },
      { code: "another", is_open: false, reason: null },
    ]);
    expect(shown("[data-line=adults]")).toEqual(["closed"]);
    expect(shown("#hero")).toEqual(["closed"]);
  });
});
