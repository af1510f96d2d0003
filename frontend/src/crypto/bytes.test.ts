import { expect, test } from "vitest";
import { fields, fromBase64Url, newMessageId, toBase64Url } from "./bytes.js";
import { CannotOpen } from "./errors.js";

test("all bytes survive base64url, without padding and with letters that a URL takes", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
  const text = toBase64Url(bytes);
  expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(fromBase64Url(text)).toEqual(bytes);
});

test("nothing is the empty text", () => {
  expect(toBase64Url(new Uint8Array())).toBe("");
  expect(fromBase64Url("")).toEqual(new Uint8Array());
});

test.each(["AA==", "A", "A A", "AA\n", "AB", "+A", "/A", "ä", "AAA="])(
  "%j is refused: one spelling only",
  (text) => {
    expect(() => fromBase64Url(text)).toThrow(CannotOpen);
  },
);

test("a message id is 16 random bytes", () => {
  const ids = Array.from({ length: 100 }, newMessageId);
  expect(new Set(ids).size).toBe(100);
  for (const id of ids) expect(fromBase64Url(id)).toHaveLength(16);
});

test("fields that glue together alike are different contexts", () => {
  expect(fields("ab", "c")).not.toEqual(fields("a", "bc"));
  expect(fields("ä", Uint8Array.of(9))).toEqual(Uint8Array.of(0, 2, 0xc3, 0xa4, 0, 1, 9));
});

test("a field longer than its length can say is refused", () => {
  expect(() => fields("x".repeat(0x10000))).toThrow(RangeError);
});
