import { describe, expect, test } from "vitest";
import type { Presence, PresenceState } from "../wire/index.js";
import { announcement, backAfter, chipWords, isAway, mayPark, type ShownPresence } from "./presence.js";

const MINUTE = 60_000;
const NOW = 1000 * MINUTE;
const patience = { back_after: 120, park_after: 600 };

function presence(state: PresenceState, minutesAgo: number, awayMinutes = 0): Presence {
  return {
    event: "presence",
    conversation: "talk",
    participant: "visitor",
    state,
    since: NOW - minutesAgo * MINUTE,
    away_ms: awayMinutes * MINUTE,
  };
}

describe("the chip", () => {
  test.each([
    ["here", "presence_here", 0],
    ["hidden", "presence_hidden", 4],
    ["unreachable", "presence_unreachable", 4],
    ["left", "presence_left", 4],
  ] as const)("says that the visitor is %s, and for how long", (state, key, minutes) => {
    expect(chipWords(presence(state, 4), NOW)).toEqual({ key, minutes });
  });

  test("says that it does not know while nothing was heard", () => {
    expect(chipWords(undefined, NOW)).toEqual({ key: "presence_unknown", minutes: 0 });
  });
});

describe("what is told aloud", () => {
  test.each<[ShownPresence, PresenceState, string | undefined]>([
    ["here", "unreachable", "presence_unreachable"],
    ["hidden", "left", "presence_left"],
    ["unreachable", "left", "presence_left"],
    ["unreachable", "here", "presence_back"],
    ["left", "hidden", "presence_back"],
    ["here", "hidden", undefined],
    ["hidden", "here", undefined],
    ["unreachable", "unreachable", undefined],
    ["unknown", "here", undefined],
    ["unknown", "unreachable", "presence_unreachable"],
  ])("of %s and then %s is %s", (before, after, told) => {
    expect(announcement(before, after)).toBe(told);
  });
});

// safety 15
describe("somebody who is back", () => {
  test("is told of after two minutes, with the minutes", () => {
    expect(backAfter(presence("here", 0, 2), 0, NOW, patience)).toBe(2);
    expect(backAfter(presence("here", 0, 6.4), 0, NOW, patience)).toBe(6);
  });

  test("is not told of after a shorter time", () => {
    expect(backAfter(presence("here", 0, 1.99), 0, NOW, patience)).toBeUndefined();
  });

  test("is told of once, though each new stream says it again", () => {
    const again = presence("here", 1, 6);
    expect(backAfter(again, again.since, NOW, patience)).toBeUndefined();
    expect(backAfter(again, again.since - 1, NOW, patience)).toBe(6);
  });

  test("is no news when the return was long ago", () => {
    expect(backAfter(presence("here", 10, 6), 0, NOW, patience)).toBe(6);
    expect(backAfter(presence("here", 10.1, 6), 0, NOW, patience)).toBeUndefined();
  });

  test("is not back while the page stays in the background", () => {
    expect(backAfter(presence("hidden", 0, 6), 0, NOW, patience)).toBeUndefined();
  });

  test("was away at least a minute in words, however short the service sets it", () => {
    expect(backAfter(presence("here", 0, 0.05), 0, NOW, { ...patience, back_after: 2 })).toBe(1);
  });
});

describe("putting a talk aside", () => {
  test.each([
    ["unreachable", 10, true],
    ["left", 10, true],
    ["unreachable", 9.99, false],
    ["hidden", 60, false],
    ["here", 60, false],
  ] as const)("from a visitor who is %s for %d minutes: %s", (state, minutes, may) => {
    expect(mayPark(presence(state, minutes), NOW, patience)).toBe(may);
  });

  test("needs to know where the visitor is", () => {
    expect(mayPark(undefined, NOW, patience)).toBe(false);
  });
});

// A phone put away is often safety, not absence.
test("a page in the background is not away", () => {
  const states: readonly ShownPresence[] = ["here", "hidden", "unreachable", "left", "unknown"];
  expect(states.filter(isAway)).toEqual(["unreachable", "left"]);
});
