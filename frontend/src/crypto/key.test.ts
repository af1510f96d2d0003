import { expect, test } from "vitest";
import { randomBytes, toBase64Url } from "./bytes.js";
import { CannotOpen, CannotSeal, KeyForgotten } from "./errors.js";
import { ConversationKey, joinKey, newConversationKey, RAW, splitKey } from "./key.js";
import { openMessage, sealMessage } from "./message.js";

const message = { conversation: "talk", sender: "visitor", id: "one", counter: 1, text: "Hei" };
const serverHalf = () => toBase64Url(randomBytes(32));

test("two new keys differ", () => {
  expect(newConversationKey()[RAW]()).not.toEqual(newConversationKey()[RAW]());
});

test("both halves give the key again", async () => {
  const [key, half] = [newConversationKey(), serverHalf()];
  const sealed = await sealMessage(key, message);
  const joined = joinKey(splitKey(key, half), half);
  expect(await openMessage(joined, message, sealed)).toEqual({ counter: 1, text: "Hei" });
});

test("either half with another opens nothing", async () => {
  const [key, half] = [newConversationKey(), serverHalf()];
  const sealed = await sealMessage(key, message);
  const browserHalf = splitKey(key, half);
  await expect(openMessage(joinKey(browserHalf, serverHalf()), message, sealed)).rejects.toThrow(CannotOpen);
  await expect(openMessage(joinKey(serverHalf(), half), message, sealed)).rejects.toThrow(CannotOpen);
});

test("what isn't a half is refused", () => {
  const key = newConversationKey();
  const short = toBase64Url(randomBytes(31));
  expect(() => splitKey(key, short)).toThrow(CannotSeal);
  expect(() => splitKey(key, "?")).toThrow(CannotSeal);
  expect(() => joinKey(short, serverHalf())).toThrow(CannotOpen);
  expect(() => joinKey(serverHalf(), short)).toThrow(CannotOpen);
});

test("forgetting fills the bytes with zeros", () => {
  const key = newConversationKey();
  const raw = key[RAW]();
  expect(raw.some((byte) => byte !== 0)).toBe(true);
  key.forget();
  expect(raw).toEqual(new Uint8Array(32));
});

test("a forgotten key neither seals nor opens nor splits, and may be forgotten again", async () => {
  const key = newConversationKey();
  const sealed = await sealMessage(key, message);
  key.forget();
  key.forget();
  await expect(sealMessage(key, message)).rejects.toThrow(KeyForgotten);
  await expect(openMessage(key, message, sealed)).rejects.toThrow(KeyForgotten);
  expect(() => splitKey(key, serverHalf())).toThrow(KeyForgotten);
});

test("the key gives nothing of itself away when it is logged or serialised", () => {
  const key = new ConversationKey(new Uint8Array(32).fill(7));
  expect(JSON.stringify(key)).toBe("{}");
  expect(Object.keys(key)).toEqual([]);
});
