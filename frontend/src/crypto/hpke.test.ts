import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from "hpke";
import { expect, test } from "vitest";
import { type Bytes, concat, randomBytes } from "./bytes.js";
import { open, P256, POINT_BYTES, seal } from "./hpke.js";

// The RFC's own vector runs in vectors.test.ts. Here the same talks with a library that others look after.
const library = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM);

interface Recipient {
  readonly pair: CryptoKeyPair;
  readonly raw: Bytes;
}

async function newRecipient(): Promise<Recipient> {
  const pair = await crypto.subtle.generateKey(P256, false, ["deriveBits"]);
  return { pair, raw: new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)) };
}

const lengths = [0, 1, 32, 33, 1000];

test.each(lengths)("the library opens %d bytes that we sealed", async (length) => {
  const { pair, raw } = await newRecipient();
  const [plaintext, info] = [randomBytes(length), randomBytes(length)];
  const sealed = await seal(raw, plaintext, info);
  const [encapsulation, ciphertext] = [sealed.subarray(0, POINT_BYTES), sealed.subarray(POINT_BYTES)];
  expect(await library.Open(pair, encapsulation, ciphertext, { info })).toEqual(plaintext);
});

test.each(lengths)("we open %d bytes that the library sealed", async (length) => {
  const { pair, raw } = await newRecipient();
  const [plaintext, info] = [randomBytes(length), randomBytes(length)];
  const sealed = await library.Seal(pair.publicKey, plaintext, { info });
  const whole = concat(sealed.encapsulatedSecret, sealed.ciphertext);
  expect(await open(pair.privateKey, raw, whole, info)).toEqual(plaintext);
});

test("the same plaintext sealed twice has another ephemeral key and other bytes", async () => {
  const { raw } = await newRecipient();
  const [one, other] = [await seal(raw, raw, raw), await seal(raw, raw, raw)];
  expect(one.subarray(0, POINT_BYTES)).not.toEqual(other.subarray(0, POINT_BYTES));
  expect(one.subarray(POINT_BYTES)).not.toEqual(other.subarray(POINT_BYTES));
});

test("another info opens nothing", async () => {
  const { pair, raw } = await newRecipient();
  const sealed = await seal(raw, randomBytes(32), Uint8Array.of(1));
  await expect(open(pair.privateKey, raw, sealed, Uint8Array.of(2))).rejects.toThrow();
});
