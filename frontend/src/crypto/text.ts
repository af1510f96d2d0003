import { LARGEST_TEXT } from "./padding.js";

/**
 * Pieces that `sealMessage` takes, in order; joined they are the text again, unit for unit. A piece ends after white
 * space where there is any in its second half, else between two code points. No piece for an empty text.
 */
export function splitText(text: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  while (start < text.length) {
    const end = pieceEnd(text, start);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

function pieceEnd(text: string, start: number): number {
  const rest = text.slice(start);
  const whole = unitsWithin(rest, LARGEST_TEXT);
  if (whole === rest.length) return text.length;
  // Tab, line feed and space: a fixed list, so that Python cuts at the very same places.
  const afterSpace = Math.max(...["\t", "\n", " "].map((space) => rest.lastIndexOf(space, whole - 1))) + 1;
  return start + (afterSpace > unitsWithin(rest, LARGEST_TEXT / 2) ? afterSpace : whole);
}

/** How much of the text, in units and ending between two code points, has at most so many bytes. */
function unitsWithin(text: string, bytes: number): number {
  return new TextEncoder().encodeInto(text, new Uint8Array(bytes)).read;
}
