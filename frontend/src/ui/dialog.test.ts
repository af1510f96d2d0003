// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { openDialog } from "./dialog.js";

const asked = { title: "End the conversation?", text: "Nothing is kept.", yes: "End", no: "Go on" };
let opener: HTMLButtonElement;
const does = vi.fn();
const dialog = (): HTMLElement | null => document.querySelector("dialog");
const button = (name: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll("button")].find((element) => element.textContent === name);

beforeEach(() => {
  does.mockReset();
  opener = document.createElement("button");
  document.body.replaceChildren(opener);
  opener.focus();
  openDialog({ ...asked, onYes: does });
});

describe("openDialog", () => {
  test("has the question as its name and the focus inside", () => {
    expect(dialog()?.getAttribute("aria-label")).toBe("End the conversation?");
    expect(dialog()?.contains(document.activeElement)).toBe(true);
  });

  test("does it on the first button, and gives the focus back", () => {
    button("End")?.click();
    expect([does.mock.calls.length, dialog(), document.activeElement]).toEqual([1, null, opener]);
  });

  test("does nothing on the second", () => {
    button("Go on")?.click();
    expect([does.mock.calls.length, dialog()]).toEqual([0, null]);
  });

  // safety 19
  test("takes Esc as no, and keeps it from closing what is around", () => {
    const around = vi.fn();
    addEventListener("keydown", around);
    button("End")?.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }),
    );
    expect([does.mock.calls.length, dialog(), around.mock.calls.length]).toEqual([0, null, 0]);
  });

  // safety 3
  test("lets Shift through: the exit works from a dialog too", () => {
    const around = vi.fn();
    addEventListener("keyup", around);
    button("End")?.dispatchEvent(new KeyboardEvent("keyup", { key: "Shift", bubbles: true }));
    expect(around).toHaveBeenCalledTimes(1);
  });
});
