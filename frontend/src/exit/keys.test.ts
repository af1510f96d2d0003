// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { watchKeys } from "./keys.js";

let pulses: boolean[] = [];
let stop: () => void = () => undefined;

function key(type: "keydown" | "keyup", name: string, shiftKey = false): void {
  document.body.dispatchEvent(new KeyboardEvent(type, { key: name, shiftKey, bubbles: true }));
}

beforeEach(() => {
  pulses = [];
  stop = watchKeys((isShiftAlone) => pulses.push(isShiftAlone));
});

afterEach(() => stop());

// safety 3
describe("what is heard of keys", () => {
  it("is a pulse when Shift is released, not when it is pressed", () => {
    key("keydown", "Shift", true);
    expect(pulses).toEqual([]);
    key("keyup", "Shift");
    expect(pulses).toEqual([true]);
  });

  it("is no pulse for a capital letter, in whichever order the keys are let go", () => {
    key("keydown", "Shift", true);
    key("keydown", "A", true);
    key("keyup", "Shift");
    key("keyup", "a");
    expect(pulses).not.toContain(true);
    key("keydown", "Shift", true);
    key("keydown", "A", true);
    key("keyup", "A", true);
    key("keyup", "Shift");
    expect(pulses).not.toContain(true);
  });

  it("is no pulse for Shift and a click, which selects text", () => {
    key("keydown", "Shift", true);
    document.body.dispatchEvent(new MouseEvent("pointerdown", { shiftKey: true, bubbles: true }));
    key("keyup", "Shift");
    expect(pulses).toEqual([false, false]);
  });

  it("counts Shift again after it was a modifier", () => {
    key("keydown", "A", true);
    key("keyup", "Shift");
    key("keyup", "Shift");
    expect(pulses).toEqual([false, false, true]);
  });

  it("reaches the exit even if the page stops its keys", () => {
    const field = document.body.appendChild(document.createElement("input"));
    field.addEventListener("keyup", (event) => event.stopImmediatePropagation());
    field.dispatchEvent(new KeyboardEvent("keyup", { key: "Shift", bubbles: true }));
    expect(pulses).toEqual([true]);
  });

  it("is nothing after it was stopped", () => {
    stop();
    key("keyup", "Shift");
    expect(pulses).toEqual([]);
  });
});
