import { type Bytes, concat, fields, fromBase64Url, parseBase64Url, SUITE, toBase64Url } from "./bytes.js";
import type { DutyKeyPair } from "./duty.js";
import { CannotOpen, CannotSeal } from "./errors.js";
import { open, POINT_BYTES, seal } from "./hpke.js";
import { ConversationKey, KEY_BYTES, RAW } from "./key.js";

/** Whom a sealed key is for. It is bound to both and to the recipient's public key. */
export interface KeyPlace {
  /** The conversation's code. */
  readonly conversation: string;
  /** The recipient's participant code. */
  readonly recipient: string;
}

const UNCOMPRESSED = 4;

/** Base64url of the conversation key, readable by the holder of `publicKey` (base64url, 65 raw bytes) alone. */
export async function sealKey(
  key: ConversationKey,
  place: KeyPlace & { readonly publicKey: string },
): Promise<string> {
  const publicKey = publicKeyBytes(place.publicKey);
  // A copy, because `forget()` in the middle of the sealing would have us seal a key of zeros.
  const raw = key[RAW]().slice();
  try {
    return toBase64Url(concat(Uint8Array.of(SUITE), await seal(publicKey, raw, context(place, publicKey))));
  } catch {
    // The platform found that the point isn't on the curve.
    throw new CannotSeal();
  } finally {
    raw.fill(0);
  }
}

/** Throws `CannotOpen` for whatever wasn't sealed to this pair for this place. */
export async function openKey(pair: DutyKeyPair, place: KeyPlace, sealed: string): Promise<ConversationKey> {
  const envelope = fromBase64Url(sealed);
  if (envelope[0] !== SUITE) throw new CannotOpen();
  const raw = await opened(pair, place, envelope.slice(1));
  if (raw.length !== KEY_BYTES) throw new CannotOpen();
  return new ConversationKey(raw);
}

async function opened(pair: DutyKeyPair, place: KeyPlace, sealed: Bytes): Promise<Bytes> {
  const publicKey = fromBase64Url(pair.publicKey);
  try {
    return await open(pair.privateKey, publicKey, sealed, context(place, publicKey));
  } catch {
    throw new CannotOpen();
  }
}

function context({ conversation, recipient }: KeyPlace, publicKey: Bytes): Bytes {
  return fields("suoja key", String(SUITE), conversation, recipient, publicKey);
}

/** The form is ours to check: some engines take compressed and hybrid points too, and the context wants one form. */
function publicKeyBytes(publicKey: string): Bytes {
  const bytes = parseBase64Url(publicKey);
  if (bytes?.length !== POINT_BYTES || bytes[0] !== UNCOMPRESSED) throw new CannotSeal();
  return bytes;
}
