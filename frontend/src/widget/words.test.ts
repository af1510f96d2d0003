import { expect, test } from "vitest";
import { wordsFor } from "./words.js";

// safety 22
test("the words are the children's own on the children's line, where there are some", () => {
  const texts = { notice_1: "Hello.", notice_1_young: "Hi!", start: "Start" };
  expect([wordsFor(texts)("notice_1"), wordsFor(texts, "adults")("notice_1")]).toEqual(["Hello.", "Hello."]);
  expect([wordsFor(texts, "young")("notice_1"), wordsFor(texts, "young")("start")]).toEqual(["Hi!", "Start"]);
});
