import { type Bytes, concat, fields, fromBase64Url, parseBase64Url, SUITE, toBase64Url } from "./bytes.js";
import type { DutyKeyPair } from "./duty.js";
import { CannotOpen, CannotSeal } from "./errors.js";
import { suite } from "./hpke.js";
import { ConversationKey, KEY_BYTES, RAW } from "./key.js";

/** Whom a sealed key is for. It is bound to both and to the recipient's public key. */
export interface KeyPlace {
  /** The conversation's code. */
  readonly conversation: string;
  /** The recipient's participant code. */
  readonly recipient: string;
}

/** An uncompressed point of P-256. */
const POINT_BYTES = 65;
const UNCOMPRESSED = 4;

/** Base64url of the conversation key, readable by the holder of `publicKey` (base64url, 65 raw bytes) alone. */
export async function sealKey(
  key: ConversationKey,
  place: KeyPlace & { readonly publicKey: string },
): Promise<string> {
  const publicBytes = publicKeyBytes(place.publicKey);
  const publicKey = await publicCryptoKey(publicBytes);
  // A copy, because `forget()` in the middle of the sealing would have us seal a key of zeros.
  const raw = key[RAW]().slice();
  try {
    const sealed = await suite.Seal(publicKey, raw, { info: context(place, publicBytes) });
    return toBase64Url(concat(Uint8Array.of(SUITE), sealed.encapsulatedSecret, sealed.ciphertext));
  } finally {
    raw.fill(0);
  }
}

/** Throws `CannotOpen` for whatever wasn't sealed to this pair for this place. */
export async function openKey(pair: DutyKeyPair, place: KeyPlace, sealed: string): Promise<ConversationKey> {
  const envelope = fromBase64Url(sealed);
  if (envelope[0] !== SUITE) throw new CannotOpen("unknown suite");
  const raw = await decrypt(pair, envelope, context(place, fromBase64Url(pair.publicKey)));
  if (raw.length !== KEY_BYTES) throw new CannotOpen("not a key");
  return new ConversationKey(raw);
}

async function decrypt(pair: DutyKeyPair, envelope: Bytes, info: Bytes): Promise<Bytes> {
  const bodyAt = 1 + POINT_BYTES;
  const keys = { privateKey: pair.privateKey, publicKey: pair.publicCryptoKey };
  try {
    const body = envelope.subarray(bodyAt);
    // Given both, the library needn't export the private key to find the public one, which it couldn't.
    return new Uint8Array(await suite.Open(keys, envelope.subarray(1, bodyAt), body, { info }));
  } catch {
    throw new CannotOpen("not sealed for this place to this key");
  }
}

function context({ conversation, recipient }: KeyPlace, publicKey: Bytes): Bytes {
  return fields("suoja key", String(SUITE), conversation, recipient, publicKey);
}

/** The form is ours to check: some engines take compressed and hybrid points too, and the context wants one form. */
function publicKeyBytes(publicKey: string): Bytes {
  const bytes = parseBase64Url(publicKey);
  if (bytes?.length !== POINT_BYTES || bytes[0] !== UNCOMPRESSED) throw new CannotSeal("not a public key");
  return bytes;
}

/** WebCrypto checks that the point lies on the curve. */
async function publicCryptoKey(bytes: Bytes): Promise<CryptoKey> {
  try {
    return await suite.DeserializePublicKey(bytes);
  } catch {
    throw new CannotSeal("not a public key");
  }
}
