import type { Bytes } from "./bytes.js";
import { CannotOpen, TooLong } from "./errors.js";
import type { OpenedMessage } from "./message.js";

/** Sizes of the padded plaintext: an observer learns one of three, not whether it was "yes" or "no". */
const BUCKETS = [256, 1024, 4096] as const;
const LENGTH_BYTES = 2;
const COUNTER_BYTES = 4;
const TEXT_AT = LENGTH_BYTES + COUNTER_BYTES;
const LARGEST_COUNTER = 0xffff_ffff;

/** The most UTF-8 bytes that one message holds. */
export const LARGEST_TEXT = BUCKETS[2] - TEXT_AT;

/** u16 length of what follows before the zeros, u32 counter, text, zeros up to the bucket. */
export function pad({ counter, text }: OpenedMessage): Bytes {
  if (!Number.isInteger(counter) || counter < 0 || counter > LARGEST_COUNTER) {
    throw new RangeError("counter");
  }
  const encoded = new TextEncoder().encode(text);
  const bucket = BUCKETS.find((size) => TEXT_AT + encoded.length <= size);
  if (!bucket) throw new TooLong();
  const padded = new Uint8Array(bucket);
  const view = new DataView(padded.buffer);
  view.setUint16(0, COUNTER_BYTES + encoded.length);
  view.setUint32(LENGTH_BYTES, counter);
  padded.set(encoded, TEXT_AT);
  encoded.fill(0);
  return padded;
}

/** Only what `pad` makes is taken, to the last zero: one text has one padded form and no room for anything hidden. */
export function unpad(padded: Bytes): OpenedMessage {
  const view = new DataView(padded.buffer, padded.byteOffset, padded.length);
  const end = padded.length < TEXT_AT ? 0 : LENGTH_BYTES + view.getUint16(0);
  const bucket = BUCKETS.find((size) => end <= size);
  if (end < TEXT_AT || bucket !== padded.length) throw new CannotOpen();
  if (padded.subarray(end).some((byte) => byte !== 0)) throw new CannotOpen();
  return { counter: view.getUint32(LENGTH_BYTES), text: decode(padded.subarray(TEXT_AT, end)) };
}

function decode(bytes: Bytes): string {
  try {
    // Without ignoreBOM the decoder would drop a leading U+FEFF: a text must come out as it went in.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CannotOpen();
  }
}
