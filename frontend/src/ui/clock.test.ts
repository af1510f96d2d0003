import { expect, test } from "vitest";
import { formatTime } from "./clock.js";

test.each([
  [Date.UTC(2024, 5, 18, 11, 2), "14.02", "14:02"],
  [Date.UTC(2024, 0, 15, 7, 5), "9.05", "09:05"],
  [Date.UTC(2024, 0, 15, 22, 0), "0.00", "00:00"],
])("a time is Helsinki's, as each language writes it", (at, finnish, english) => {
  expect([formatTime(at, "fi"), formatTime(at, "sv"), formatTime(at, "en")]).toEqual([
    finnish,
    finnish,
    english,
  ]);
});
