import { expect, test, vi } from "vitest";
import { fromBase64Url, toBase64Url } from "./bytes.js";
import { CannotOpen, TooLong } from "./errors.js";
import { newConversationKey } from "./key.js";
import { openMessage, sealMessage } from "./message.js";

const place = { conversation: "talk", sender: "visitor", id: "one" };
const key = newConversationKey();
const seal = (text: string) => sealMessage(key, { ...place, counter: 3, text });

test("what is sealed is opened with its counter", async () => {
  expect(await openMessage(key, place, await seal("Hyvää päivää"))).toEqual({
    counter: 3,
    text: "Hyvää päivää",
  });
});

test.each([
  { ...place, conversation: "another talk" },
  { ...place, sender: "helper" },
  { ...place, id: "two" },
  { conversation: "talkv", sender: "isitor", id: "one" },
])("a message moved to another place doesn't open: %o", async (elsewhere) => {
  await expect(openMessage(key, elsewhere, await seal("Hei"))).rejects.toThrow(CannotOpen);
});

test("another conversation's key doesn't open it", async () => {
  await expect(openMessage(newConversationKey(), place, await seal("Hei"))).rejects.toThrow(CannotOpen);
});

test("one flipped bit anywhere is noticed", async () => {
  const envelope = fromBase64Url(await seal("Hei"));
  for (let at = 0; at < envelope.length; at++) {
    const broken = envelope.slice();
    broken[at] = (broken[at] ?? 0) ^ (1 << (at % 8));
    await expect(openMessage(key, place, toBase64Url(broken))).rejects.toThrow(CannotOpen);
  }
});

test("the size tells one of three lengths and nothing else", async () => {
  const sizes = async (...texts: string[]) =>
    new Set((await Promise.all(texts.map(seal))).map((sealed) => fromBase64Url(sealed).length));
  const overhead = 1 + 12 + 16;
  expect(await sizes("", "ei", "kyllä", "x".repeat(250))).toEqual(new Set([overhead + 256]));
  expect(await sizes("x".repeat(251), "x".repeat(1018))).toEqual(new Set([overhead + 1024]));
  expect(await sizes("x".repeat(1019), "x".repeat(4090))).toEqual(new Set([overhead + 4096]));
});

test("a text that doesn't fit is refused, counted in bytes", async () => {
  await expect(seal("ä".repeat(2045))).resolves.toBeTypeOf("string");
  await expect(seal("ä".repeat(2046))).rejects.toThrow(TooLong);
});

test("the same text sealed twice is two different envelopes", async () => {
  expect(await seal("Hei")).not.toBe(await seal("Hei"));
});

test.each([-1, 0.5, 2 ** 32, Number.NaN])("%d is no counter", async (counter) => {
  await expect(sealMessage(key, { ...place, counter, text: "Hei" })).rejects.toThrow(RangeError);
});

test("the readable bytes are wiped once they are sealed", async () => {
  const encrypt = vi.spyOn(crypto.subtle, "encrypt");
  await seal("Hei");
  const readable = encrypt.mock.calls[0]?.[2];
  expect(readable).toEqual(new Uint8Array(256));
});
