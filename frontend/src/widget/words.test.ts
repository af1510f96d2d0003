import { expect, test } from "vitest";
import { wordsFor } from "./words.js";

// safety 22
test("the words are the children's own on the children's line, where there are some", () => {
  const texts = { queue_kept: "Hello.", queue_kept_young: "Hi!", close: "Close" };
  expect([wordsFor(texts)("queue_kept"), wordsFor(texts, "adults")("queue_kept")]).toEqual([
    "Hello.",
    "Hello.",
  ]);
  expect([wordsFor(texts, "young")("queue_kept"), wordsFor(texts, "young")("close")]).toEqual([
    "Hi!",
    "Close",
  ]);
});
