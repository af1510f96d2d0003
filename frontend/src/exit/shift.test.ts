import { describe, expect, it } from "vitest";
import { leftAfter, PRESSES } from "./shift.js";

const after = (pulses: readonly boolean[]): number => pulses.reduce(leftAfter, PRESSES);

// safety 3
describe("Shift pressed alone", () => {
  it("leaves at the third press", () => {
    expect(after([true])).toBe(2);
    expect(after([true, true])).toBe(1);
    expect(after([true, true, true])).toBe(0);
  });

  it("starts anew after anything else", () => {
    expect(after([true, true, false])).toBe(3);
    expect(after([true, true, false, true])).toBe(2);
  });
});
