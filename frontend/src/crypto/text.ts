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
  let at = start;
  let bytes = 0;
  let afterSpace = 0;
  while (at < text.length) {
    const point = text.codePointAt(at) ?? 0;
    bytes += utf8Length(point);
    if (bytes > LARGEST_TEXT) return afterSpace || at;
    at += point > 0xffff ? 2 : 1;
    if (isSpace(point) && bytes * 2 > LARGEST_TEXT) afterSpace = at;
  }
  return at;
}

/** Half a surrogate pair is encoded as U+FFFD, which has three bytes as well. */
function utf8Length(point: number): number {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}

/** Tab, line feed and space: a fixed list, so that Python cuts at the very same places. */
function isSpace(point: number): boolean {
  return point === 0x20 || point === 0x0a || point === 0x09;
}
