import { type Bytes, fromBase64Url, parseBase64Url, randomBytes, toBase64Url } from "./bytes.js";
import { CannotOpen, CannotSeal, KeyForgotten } from "./errors.js";

export const KEY_BYTES = 32;

/** Names of the methods that the door doesn't export: outside this folder a key can be passed on and forgotten only. */
export const RAW = Symbol("raw");
export const CIPHER = Symbol("cipher");

/**
 * A conversation's key. Opaque outside this folder: the raw bytes go out as a sealed key or as a half, nothing else.
 *
 * It owns its bytes, so that `forget()` wipes the only copy that is ours. The engine's own copy inside the CryptoKey
 * is let go with it; when the engine clears that is not in our hands (docs/encryption.md says so).
 */
export class ConversationKey {
  #raw: Bytes | undefined;
  #cipher: Promise<CryptoKey> | undefined;

  constructor(raw: Bytes) {
    this.#raw = raw;
  }

  /** Fill the bytes with zeros; everything that needs the key throws `KeyForgotten` from now on. Idempotent. */
  forget(): void {
    this.#raw?.fill(0);
    this.#raw = undefined;
    this.#cipher = undefined;
  }

  /** The bytes themselves, not a copy: `forget()` zeroes them under whoever holds them over an await. */
  [RAW](): Bytes {
    if (!this.#raw) throw new KeyForgotten();
    return this.#raw;
  }

  /** The key as WebCrypto wants it, imported once and never extractable. */
  [CIPHER](): Promise<CryptoKey> {
    this.#cipher ??= crypto.subtle.importKey("raw", this[RAW](), "AES-GCM", false, ["encrypt", "decrypt"]);
    return this.#cipher;
  }
}

export function newConversationKey(): ConversationKey {
  return new ConversationKey(randomBytes(KEY_BYTES));
}

/**
 * The half that the browser keeps: A = K xor B, where B is the server's random half (both base64url, 32 bytes).
 * Either half alone is noise, so a seized device or a seized disk opens nothing. Throws `CannotSeal`.
 */
export function splitKey(key: ConversationKey, serverHalf: string): string {
  const half = parseBase64Url(serverHalf);
  if (half?.length !== KEY_BYTES) throw new CannotSeal();
  return toBase64Url(xor(key[RAW](), half));
}

/** The key again, from both halves; `CannotOpen` if one isn't a half. A wrong half gives a key that opens nothing. */
export function joinKey(browserHalf: string, serverHalf: string): ConversationKey {
  const [one, other] = [fromBase64Url(browserHalf), fromBase64Url(serverHalf)];
  if (one.length !== KEY_BYTES || other.length !== KEY_BYTES) throw new CannotOpen();
  return new ConversationKey(xor(one, other));
}

function xor(one: Bytes, other: Bytes): Bytes {
  return one.map((byte, at) => byte ^ (other[at] ?? 0));
}
