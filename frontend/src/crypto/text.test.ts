import { expect, test } from "vitest";
import { newConversationKey } from "./key.js";
import { sealMessage } from "./message.js";
import { splitText } from "./text.js";

const place = { conversation: "talk", sender: "visitor", id: "one", counter: 1 };

test("a short text stays whole and an empty one has no piece", () => {
  expect(splitText("Hei")).toEqual(["Hei"]);
  expect(splitText("")).toEqual([]);
});

test("whatever is cut is whole again when joined, and each piece can be sealed", async () => {
  const key = newConversationKey();
  const alphabet = ["a", "ä", "€", "🫶", " ", "\n", "\ud83e", "\udef6"];
  let seed = 1;
  const next = () => {
    seed = (seed * 48271) % 0x7fffffff;
    return alphabet[seed % alphabet.length] ?? "";
  };
  for (const length of [1, 2000, 5000, 20000]) {
    const text = Array.from({ length }, next).join("");
    const pieces = splitText(text);
    expect(pieces.join("")).toBe(text);
    for (const piece of pieces) await sealMessage(key, { ...place, text: piece });
  }
});
