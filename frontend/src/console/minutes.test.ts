import { expect, test } from "vitest";
import { minutesBetween } from "./minutes.js";

test.each([
  [0, 0],
  [59_999, 0],
  [60_000, 1],
  [359_000, 5],
  [-5000, 0],
])("%i ms are %i whole minutes", (milliseconds, minutes) => {
  expect(minutesBetween(1_000_000, 1_000_000 + milliseconds)).toBe(minutes);
});
