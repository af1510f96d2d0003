import { expect, test, vi } from "vitest";
import { fromBase64Url, toBase64Url } from "./bytes.js";
import { newDutyKeyPair } from "./duty.js";
import { CannotOpen, KeyForgotten } from "./errors.js";
import { newConversationKey, RAW } from "./key.js";
import { openKey, sealKey } from "./sealing.js";

const place = { conversation: "talk", recipient: "helper" };
const key = newConversationKey();
const pair = await newDutyKeyPair();
const seal = () => sealKey(key, { ...place, publicKey: pair.publicKey });

test("the recipient opens the key", async () => {
  expect((await openKey(pair, place, await seal()))[RAW]()).toEqual(key[RAW]());
});

test("nobody else does", async () => {
  const sealed = await seal();
  await expect(openKey(await newDutyKeyPair(), place, sealed)).rejects.toThrow(CannotOpen);
});

test.each([
  { ...place, conversation: "another talk" },
  { ...place, recipient: "another helper" },
  { conversation: "talkh", recipient: "elper" },
])("a sealed key moved to another place doesn't open: %o", async (elsewhere) => {
  await expect(openKey(pair, elsewhere, await seal())).rejects.toThrow(CannotOpen);
});

test("one flipped bit anywhere is noticed", async () => {
  const envelope = fromBase64Url(await seal());
  for (let at = 0; at < envelope.length; at++) {
    const broken = envelope.slice();
    broken[at] = (broken[at] ?? 0) ^ (1 << (at % 8));
    await expect(openKey(pair, place, toBase64Url(broken))).rejects.toThrow(CannotOpen);
  }
});

test("a forgotten key is not sealed", async () => {
  const forgotten = newConversationKey();
  forgotten.forget();
  const sealing = sealKey(forgotten, { ...place, publicKey: pair.publicKey });
  await expect(sealing).rejects.toThrow(KeyForgotten);
});

test("a key forgotten while it is being sealed never goes out as zeros", async () => {
  const passing = newConversationKey();
  const raw = passing[RAW]().slice();
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const ephemeral = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  vi.spyOn(crypto.subtle, "generateKey").mockImplementation(() => {
    passing.forget();
    return Promise.resolve(ephemeral);
  });
  const sealed = await sealKey(passing, { ...place, publicKey: pair.publicKey });
  expect((await openKey(pair, place, sealed))[RAW]()).toEqual(raw);
});

test("a duty's private key can't be read out of the browser", async () => {
  expect(pair.privateKey.extractable).toBe(false);
  await expect(crypto.subtle.exportKey("jwk", pair.privateKey)).rejects.toThrow();
  expect(fromBase64Url(pair.publicKey)).toHaveLength(65);
});
