/**
 * What the presence of a visitor means for the helper who talks with them: the words of its chip, what is worth telling
 * aloud, when somebody is back, when the talk may be put aside. Values in, values out; no I/O, and no judgement: silence
 * is not absence.
 */
import type { Presence, PresenceState } from "../wire/index.js";
import { minutesBetween } from "./minutes.js";
import type { ConsoleKey } from "./words.js";

/** `unknown`: this page has lost its own connection, or has only just come. */
export type ShownPresence = PresenceState | "unknown";

/** How long which things last, in seconds; the server gives them. */
export interface Patience {
  /** Who was away for so long may be somebody else now (safety 15). */
  readonly back_after: number;
  /** After so long an absence the talk may be put aside. */
  readonly park_after: number;
}

/** A return that another helper's, or one's own, words have long passed over is news to nobody. */
const RETURN_IS_NEWS_MS = 10 * 60_000;

/** Nothing answers there. Who put the page into the background is not away: their browser answers. */
export function isAway(state: ShownPresence): boolean {
  return state === "unreachable" || state === "left";
}

/** The chip's words, and for how many minutes they have been true. Of somebody who is here no time is counted. */
export function chipWords(presence: Presence | undefined, now: number): { key: ConsoleKey; minutes: number } {
  if (!presence) return { key: "presence_unknown", minutes: 0 };
  const isHere = presence.state === "here";
  return { key: `presence_${presence.state}`, minutes: isHere ? 0 : minutesBetween(presence.since, now) };
}

/** What is told aloud when one state follows another; a page that is hidden and shown again is no news. */
export function announcement(before: ShownPresence, after: PresenceState): ConsoleKey | undefined {
  if (isAway(after)) return before === after ? undefined : `presence_${after}`;
  return isAway(before) ? "presence_back" : undefined;
}

/**
 * For how many whole minutes somebody had not been here who is here again now; nothing when that was short, is told
 * already (`told`: the instant of the last return that was), or happened long ago.
 */
export function backAfter(
  presence: Presence,
  told: number,
  now: number,
  patience: Patience,
): number | undefined {
  const { state, since, away_ms } = presence;
  if (state !== "here" || since <= told || now - since > RETURN_IS_NEWS_MS) return undefined;
  return away_ms >= patience.back_after * 1000 ? Math.max(1, Math.round(away_ms / 60_000)) : undefined;
}

/** Whether the talk may be put aside: nobody is there, and has not been for long. The server asks the same once more. */
export function mayPark(presence: Presence | undefined, now: number, patience: Patience): boolean {
  if (!(presence && isAway(presence.state))) return false;
  return now - presence.since >= patience.park_after * 1000;
}
