import { describe, expect, it } from "vitest";
import { leftAfter, PRESSES } from "./shift.js";

const leftOf = (pulses: readonly boolean[]): number => pulses.reduce(leftAfter, PRESSES);

// safety 3
describe("Shift pressed alone", () => {
  it("leaves at the third press", () => {
    expect(leftOf([true])).toBe(2);
    expect(leftOf([true, true])).toBe(1);
    expect(leftOf([true, true, true])).toBe(0);
  });

  it("starts anew after anything else", () => {
    expect(leftOf([true, true, false])).toBe(3);
    expect(leftOf([true, true, false, true])).toBe(2);
  });
});
