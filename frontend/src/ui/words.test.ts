import { expect, test } from "vitest";
import { createWords } from "./words.js";

test("a text gets its values, and shows a value that is missing", () => {
  const words = createWords<string>({ joined: "{name} joined at {time}.", plain: "You" });
  expect([words("joined", { name: "Kaisa", time: "14.02" }), words("plain")]).toEqual([
    "Kaisa joined at 14.02.",
    "You",
  ]);
  expect([words("joined", { name: "{time}" }), words("unknown")]).toEqual([
    "{time} joined at {time}.",
    "unknown",
  ]);
});
