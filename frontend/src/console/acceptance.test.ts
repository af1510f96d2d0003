import { describe, expect, test } from "vitest";
import type { WaitingVisitor } from "../wire/index.js";
import { type HelperNow, hindrance, titleFor } from "./acceptance.js";

const free: HelperNow = {
  isPeer: false,
  isOnDuty: true,
  isConnected: true,
  isAvailable: true,
  hasConversation: false,
};
const visitor: WaitingVisitor = { since: 0, language: "fi", wants_professional: false, presence: "here" };
const choosy: WaitingVisitor = { ...visitor, wants_professional: true };
const away: WaitingVisitor = { ...visitor, presence: "unreachable" };

describe("the next visitor may be accepted", () => {
  test("by a free helper while somebody waits", () => {
    expect(hindrance(free, [visitor])).toBeUndefined();
  });

  test("not while nobody waits", () => {
    expect(hindrance(free, [])).toBe("nobody_waits");
  });

  // mission M13
  test("not while a conversation is open: one at a time", () => {
    expect(hindrance({ ...free, hasConversation: true }, [visitor])).toBe("one_at_a_time");
  });

  test("not by a helper who is not available", () => {
    expect(hindrance({ ...free, isAvailable: false }, [visitor])).toBe("not_available");
  });

  test("not without a connection, whatever else holds", () => {
    expect(hindrance({ ...free, isConnected: false, hasConversation: true }, [])).toBe("no_connection");
  });

  test("not by a helper whose duty is over", () => {
    expect(hindrance({ ...free, isOnDuty: false, isConnected: false }, [visitor])).toBe("off_duty");
  });

  test("not by a peer when all who wait would rather talk with a professional", () => {
    expect(hindrance({ ...free, isPeer: true }, [choosy])).toBe("only_for_professionals");
    expect(hindrance({ ...free, isPeer: true }, [choosy, visitor])).toBeUndefined();
    expect(hindrance(free, [choosy])).toBeUndefined();
  });

  test("not while all who wait are away; the next one who is there may be", () => {
    expect(hindrance(free, [away, { ...away, presence: "left" }])).toBe("nobody_present");
    expect(hindrance(free, [away, visitor])).toBeUndefined();
    expect(hindrance({ ...free, isPeer: true }, [away, choosy])).toBe("only_for_professionals");
  });

  test("when their page is in the background: it answers", () => {
    expect(hindrance(free, [{ ...visitor, presence: "hidden" }])).toBeUndefined();
  });
});

// safety 27
describe("the title", () => {
  test("is neutral and counts who waits", () => {
    expect([titleFor(0), titleFor(1), titleFor(12)]).toEqual(["Chat", "(1) Chat", "(12) Chat"]);
  });
});
