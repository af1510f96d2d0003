import { describe, expect, test } from "vitest";
import { type Counts, type HelperNow, hindrance, titleFor } from "./acceptance.js";

const free: HelperNow = {
  isPeer: false,
  isOnDuty: true,
  isConnected: true,
  isAvailable: true,
  hasConversation: false,
};
/** `count` wait, `present` of them are there, and a peer may accept so many of these. */
const counts = (count: number, present = count, forPeers = present): Counts => ({
  count,
  present,
  present_for_peers: forPeers,
});

describe("the next visitor may be accepted", () => {
  test("by a free helper while somebody waits", () => {
    expect(hindrance(free, counts(1))).toBeUndefined();
  });

  test("not while nobody waits", () => {
    expect(hindrance(free, counts(0))).toBe("nobody_waits");
  });

  // mission M13
  test("not while a conversation is open: one at a time", () => {
    expect(hindrance({ ...free, hasConversation: true }, counts(1))).toBe("one_at_a_time");
  });

  test("not by a helper who is not available", () => {
    expect(hindrance({ ...free, isAvailable: false }, counts(1))).toBe("not_available");
  });

  test("not without a connection, whatever else holds", () => {
    expect(hindrance({ ...free, isConnected: false, hasConversation: true }, counts(0))).toBe(
      "no_connection",
    );
  });

  test("not by a helper whose duty is over", () => {
    expect(hindrance({ ...free, isOnDuty: false, isConnected: false }, counts(1))).toBe("off_duty");
  });

  test("not by a peer when all who are there would rather talk with a professional", () => {
    expect(hindrance({ ...free, isPeer: true }, counts(2, 1, 0))).toBe("only_for_professionals");
    expect(hindrance({ ...free, isPeer: true }, counts(2, 2, 1))).toBeUndefined();
    expect(hindrance(free, counts(2, 1, 0))).toBeUndefined();
  });

  test("not while all who wait are away; the next one who is there may be", () => {
    expect(hindrance(free, counts(2, 0))).toBe("nobody_present");
    expect(hindrance(free, counts(500, 1))).toBeUndefined();
  });
});

// safety 27
describe("the title", () => {
  test("is neutral and counts who waits", () => {
    expect([titleFor(0), titleFor(1), titleFor(12)]).toEqual(["Chat", "(1) Chat", "(12) Chat"]);
  });
});
