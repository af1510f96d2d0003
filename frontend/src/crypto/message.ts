import { type Bytes, concat, fields, fromBase64Url, randomBytes, SUITE, toBase64Url } from "./bytes.js";
import { CannotOpen } from "./errors.js";
import { CIPHER, type ConversationKey } from "./key.js";
import { pad, unpad } from "./padding.js";

/** Where a message belongs. It is bound to all three: moved elsewhere by the server, it doesn't open. */
export interface MessagePlace {
  /** The conversation's code. */
  readonly conversation: string;
  /** The sender's participant code. */
  readonly sender: string;
  /** The message id, of `newMessageId()`. */
  readonly id: string;
}

export interface OpenedMessage {
  /** The sender's own count of messages, so that a message left out or repeated on the way is noticed. */
  readonly counter: number;
  readonly text: string;
}

const NONCE_BYTES = 12;

/** Base64url of the envelope. Throws `TooLong`; the same text sealed twice gives other bytes. */
export function sealMessage(key: ConversationKey, message: MessagePlace & OpenedMessage): Promise<string> {
  return sealMessageWithNonce(key, message, randomBytes(NONCE_BYTES));
}

/** For vectors only, and not in the door: a nonce used twice under one key gives both texts away. */
export async function sealMessageWithNonce(
  key: ConversationKey,
  message: MessagePlace & OpenedMessage,
  nonce: Bytes,
): Promise<string> {
  const padded = pad(message);
  try {
    const sealed = await crypto.subtle.encrypt(parameters(nonce, message), await key[CIPHER](), padded);
    return toBase64Url(concat(Uint8Array.of(SUITE), nonce, new Uint8Array(sealed)));
  } finally {
    padded.fill(0);
  }
}

/** Throws `CannotOpen` for whatever isn't exactly what `place.sender` sealed for this place with this key. */
export async function openMessage(
  key: ConversationKey,
  place: MessagePlace,
  sealed: string,
): Promise<OpenedMessage> {
  const envelope = fromBase64Url(sealed);
  if (envelope[0] !== SUITE) throw new CannotOpen();
  const nonce = envelope.subarray(1, 1 + NONCE_BYTES);
  const padded = await decrypt(key, parameters(nonce, place), envelope.subarray(1 + NONCE_BYTES));
  try {
    return unpad(padded);
  } finally {
    padded.fill(0);
  }
}

async function decrypt(key: ConversationKey, how: AesGcmParams, ciphertext: Bytes): Promise<Bytes> {
  const cipher = await key[CIPHER]();
  try {
    return new Uint8Array(await crypto.subtle.decrypt(how, cipher, ciphertext));
  } catch {
    throw new CannotOpen();
  }
}

function parameters(nonce: Bytes, { conversation, sender, id }: MessagePlace): AesGcmParams {
  const context = fields("suoja message", String(SUITE), conversation, sender, id);
  return { name: "AES-GCM", iv: nonce, additionalData: context };
}
