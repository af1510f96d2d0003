// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { DutyKeyPair } from "../crypto/index.js";
import { createWords } from "../ui/index.js";
import { type Call, type CommandName, Refused, type Snapshot, Unreachable } from "../wire/index.js";
import { Desk } from "./desk.js";

const words = createWords({
  conversation_number: "Conversation {number}",
  close: "Close",
  back_after: "Back after {minutes} min.",
  end_conversation: "End",
});
// Nothing is sealed here: the keys of a conversation are conversation.test.ts's.
const pair = {} as DutyKeyPair;

function snapshot(conversation: string, more: Partial<Snapshot> = {}): Snapshot {
  return {
    conversation,
    participant: "helper",
    line: "adults",
    language: "fi",
    state: "active",
    newest: 0,
    ...more,
  };
}

function setUp() {
  const sent: [CommandName, unknown][] = [];
  const server: { isThere: boolean; refusal?: Error } = { isThere: true };
  const call = (async (name: CommandName, body: unknown) => {
    sent.push([name, body]);
    if (!server.isThere) throw new Unreachable();
    if (server.refusal) throw server.refusal;
    return name === "read" ? { events: [], newest: 0 } : undefined;
  }) as Call;
  const place = document.createElement("main");
  document.body.replaceChildren(place);
  const onUnknown = vi.fn();
  const desk = new Desk({
    place,
    lines: [
      { code: "adults", name: "Help with violence", safety_questions: { fi: "Turvassa?", sv: "", en: "" } },
    ],
    patience: { back_after: 120, park_after: 600 },
    language: "en",
    pair,
    call,
    words,
    now: () => 0,
    onChange: vi.fn(),
    onProblem: vi.fn(),
    onUnknown,
  });
  const names = () =>
    [...place.querySelectorAll("section")].map((section) => section.getAttribute("aria-label"));
  const close = (at: number) => {
    const buttons = place.querySelectorAll("section")[at]?.querySelectorAll("button") ?? [];
    [...buttons].find((button) => button.textContent === "Close")?.click();
  };
  return { desk, place, sent, server, onUnknown, names, close };
}

describe("the desk", () => {
  let parts: ReturnType<typeof setUp>;

  beforeEach(() => {
    parts = setUp();
  });

  test("shows each conversation once, under the lowest free number", async () => {
    parts.desk.adoptAll([snapshot("one"), snapshot("two")], new Set());
    parts.desk.adopt(snapshot("one"));
    expect(parts.names()).toEqual(["Conversation 1", "Conversation 2"]);

    parts.close(0);
    await vi.waitFor(() => expect(parts.names()).toEqual(["Conversation 2"]));
    parts.desk.adopt(snapshot("three"));

    expect(parts.names()).toEqual(["Conversation 2", "Conversation 1"]);
  });

  // mission M13
  test("has its hands full while a conversation can be written in, and free ones after its end", () => {
    parts.desk.adopt(snapshot("one"));
    expect(parts.desk.hasOpen).toBe(true);

    parts.desk.take({ event: "ended", conversation: "one", number: 9, at: 0, how: "left_quickly" });

    return vi.waitFor(() => expect(parts.desk.hasOpen).toBe(false));
  });

  test("tells how far each living conversation has come", () => {
    parts.desk.adoptAll([snapshot("one"), snapshot("two")], new Set());
    parts.desk.take({ event: "opened", conversation: "one", number: 1, at: 0 });

    expect(parts.desk.positions()).toEqual({ one: 1, two: 0 });
  });

  test("ends what the server knows no more", () => {
    parts.desk.adopt(snapshot("one"));
    parts.desk.asked();

    parts.desk.take({ event: "hello", protocol: 1, heartbeat_seconds: 25, conversations: [] });

    expect(parts.desk.hasOpen).toBe(false);
    expect(parts.names()).toEqual(["Conversation 1"]);
    expect(parts.sent).toEqual([]);
  });

  // safety 30
  test("doesn't end what was accepted after the stream was asked for, whatever the old list says: it asks", async () => {
    parts.desk.asked();
    parts.desk.adopt(snapshot("one"));

    parts.desk.take({ event: "hello", protocol: 1, heartbeat_seconds: 25, conversations: [] });
    await vi.waitFor(() => expect(parts.sent).toEqual([["read", { conversation: "one", after: 0 }]]));

    expect(parts.desk.hasOpen).toBe(true);

    parts.server.refusal = new Refused(403, "not_yours");
    parts.desk.take({ event: "hello", protocol: 1, heartbeat_seconds: 25, conversations: [] });

    await vi.waitFor(() => expect(parts.desk.hasOpen).toBe(false));
  });

  test("goes by what was on the screen when it asked, for an answer just the same", async () => {
    parts.desk.adopt(snapshot("one"));
    const askedWith = parts.desk.codes();
    parts.desk.adopt(snapshot("two"));

    parts.desk.adoptAll([], askedWith);

    await vi.waitFor(() => expect(parts.sent).toEqual([["read", { conversation: "two", after: 0 }]]));
    expect(parts.desk.hasOpen).toBe(true);
  });

  test("asks for what another tab accepted, and not for what has ended", () => {
    const at = { conversation: "elsewhere", at: 0 };
    parts.desk.take({ event: "ended", number: 3, how: "helper_ended", ...at });
    expect(parts.onUnknown).not.toHaveBeenCalled();

    parts.desk.take({ event: "opened", number: 1, ...at });

    expect(parts.onUnknown).toHaveBeenCalledOnce();
  });

  test("reads what a heartbeat says is missing", () => {
    parts.desk.adopt(snapshot("one"));

    parts.desk.take({ event: "heartbeat", newest: { one: 4, another: 7 }, seconds: 8 });

    expect(parts.sent).toEqual([["read", { conversation: "one", after: 0 }]]);
    expect(parts.onUnknown).toHaveBeenCalledOnce();
  });

  test("lets a closed conversation go from the screen, and from the server when it is there again", async () => {
    parts.desk.adopt(snapshot("one"));
    parts.server.isThere = false;
    parts.close(0);
    await vi.waitFor(() => expect(parts.names()).toEqual([]));

    parts.server.isThere = true;
    const conversations = [snapshot("one", { state: "ended" })];
    parts.desk.take({ event: "hello", protocol: 1, heartbeat_seconds: 25, conversations });

    expect(parts.names()).toEqual([]);
    expect(parts.sent.filter(([name]) => name === "close")).toHaveLength(2);
  });

  test("ends all of them with the duty, and keeps them readable", () => {
    parts.desk.adoptAll([snapshot("one"), snapshot("two")], new Set());

    parts.desk.dutyOver();

    expect(parts.desk.hasOpen).toBe(false);
    expect(parts.names()).toHaveLength(2);
  });

  // safety 30
  test("closes what was let go on this screen alone, and takes it up again when it is this helper's once more", async () => {
    parts.desk.adopt(snapshot("one", { newest: 5 }));
    parts.desk.dutyOver();
    parts.close(0);
    await vi.waitFor(() => expect(parts.names()).toEqual([]));
    expect(parts.sent.map(([name]) => name)).not.toContain("close");

    parts.desk.adopt(snapshot("one", { newest: 9 }));

    expect(parts.desk.hasOpen).toBe(true);
  });

  test("shows what it has again in the place of what it let go", () => {
    parts.desk.adoptAll([snapshot("one"), snapshot("two")], new Set());
    parts.desk.dutyOver();
    expect(parts.desk.hasOpen).toBe(false);

    parts.desk.adopt(snapshot("one", { newest: 3, participant: "another" }));

    expect(parts.names()).toEqual(["Conversation 2", "Conversation 1"]);
    expect(parts.desk.hasOpen).toBe(true);
  });

  // safety 15
  test("knows that the visitor of what it has again was away, though that was heard before the answer", () => {
    parts.desk.adopt(snapshot("one", { newest: 5 }));
    parts.desk.dutyOver();

    parts.desk.take({
      event: "presence",
      conversation: "one",
      participant: "visitor",
      state: "here",
      since: 1,
      away_ms: 700_000,
    });
    parts.desk.adopt(snapshot("one", { newest: 9 }));

    expect(parts.place.querySelector(".presence")?.getAttribute("data-presence")).toBe("here");
    expect(parts.place.textContent).toContain("Back after 12 min.");
  });

  test("keeps a presence that was heard before the conversation came", () => {
    const at = { conversation: "one", participant: "visitor", since: 0, away_ms: 0 };
    parts.desk.take({ event: "presence", state: "unreachable", ...at });
    parts.desk.adopt(snapshot("one"));

    expect(parts.place.querySelector(".presence")?.getAttribute("data-presence")).toBe("unreachable");

    parts.desk.lost();
    expect(parts.place.querySelector(".presence")?.getAttribute("data-presence")).toBe("unknown");
  });

  test("keeps no presence of before this page lost its own connection", () => {
    const at = { conversation: "one", participant: "visitor", since: 0, away_ms: 0 };
    parts.desk.take({ event: "presence", state: "here", ...at });
    parts.desk.lost();
    parts.desk.adopt(snapshot("one"));

    expect(parts.place.querySelector(".presence")?.getAttribute("data-presence")).toBe("unknown");
  });

  test("does not ask for a conversation that has just been put aside", () => {
    parts.desk.take({ event: "requeued", conversation: "gone", number: 9, at: 0, why: "parked" });

    expect(parts.onUnknown).not.toHaveBeenCalled();
  });

  test("holds nothing after it was told to forget", () => {
    parts.desk.adoptAll([snapshot("one"), snapshot("two")], new Set());

    parts.desk.forget();

    expect(parts.desk.isEmpty).toBe(true);
    expect(parts.place.textContent).toBe("");
  });
});
