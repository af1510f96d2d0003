import { CannotOpen } from "./errors.js";

/** WebCrypto takes no view of a SharedArrayBuffer, so the type says which buffer it is. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** The only suite so far: HPKE base mode with DHKEM(P-256), HKDF-SHA256, AES-256-GCM; messages in AES-256-GCM. */
export const SUITE = 1;

const MESSAGE_ID_BYTES = 16;
const utf8 = new TextEncoder();

export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** A fresh id for one message: 16 random bytes, so two browsers never meet on one. */
export function newMessageId(): string {
  return toBase64Url(randomBytes(MESSAGE_ID_BYTES));
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Each field as u16 length and bytes. Without the lengths, ("ab", "c") and ("a", "bc") would be one context. */
export function fields(...values: readonly (string | Uint8Array)[]): Bytes {
  const parts = values.flatMap((value) => {
    const bytes = typeof value === "string" ? utf8.encode(value) : value;
    if (bytes.length > 0xffff) throw new RangeError("field");
    return [Uint8Array.of(bytes.length >> 8, bytes.length & 0xff), bytes];
  });
  return concat(...parts);
}

export function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Throws `CannotOpen` for what isn't base64url in its one spelling. */
export function fromBase64Url(text: string): Bytes {
  const bytes = parseBase64Url(text);
  if (!bytes) throw new CannotOpen();
  return bytes;
}

/**
 * Strict: no padding, no other alphabet, no stray bits at the end. A second spelling of the same bytes would pass
 * for another message where texts are compared (same id, other bytes).
 */
export function parseBase64Url(text: string): Bytes | undefined {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    return toBase64Url(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}
