import { expect, test } from "vitest";
import { checks } from "./vectors.js";

test("the list of checks is as long as the golden files say", () => {
  expect(checks.length).toBeGreaterThan(60);
});

for (const { name, run } of checks) test(name, run);
