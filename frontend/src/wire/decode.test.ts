import { describe, expect, test } from "vitest";
import answers from "../../../tests/golden/wire/answers.json" with { type: "json" };
import commands from "../../../tests/golden/wire/commands.json" with { type: "json" };
import events from "../../../tests/golden/wire/events.json" with { type: "json" };
import { type CommandName, type Commands, decodeEvent, isNumbered } from "./index.js";

describe("decodeEvent", () => {
  test.each(Object.entries(events))("takes %s as the server writes it", (tag, event) => {
    expect(decodeEvent(event)).toEqual({ ...(event as object), event: tag });
  });

  test.each(Object.entries(events))(
    "drops %s when one of its fields is missing or of another form",
    (_, event) => {
      for (const name of Object.keys(event as object)) {
        expect(decodeEvent({ ...(event as object), [name]: undefined })).toBeUndefined();
        expect(decodeEvent({ ...(event as object), [name]: [7] })).toBeUndefined();
      }
    },
  );

  test("drops what it doesn't know, so that a newer server stops nothing", () => {
    const unknown = [{ event: "seen" }, { event: "toString" }, {}, [], null, 7, "hello", undefined];
    expect(unknown.map(decodeEvent)).toEqual(unknown.map(() => undefined));
  });

  test("keeps fields that a newer server adds", () => {
    expect(decodeEvent({ ...events.queue, estimate: 10 })).toHaveProperty("estimate", 10);
  });

  test("tells the entries of a log from what isn't numbered", () => {
    const decoded = Object.values(events).map((event) => decodeEvent(event));
    const numbered = decoded.filter((event) => event && isNumbered(event)).map((event) => event?.event);
    expect(numbered).toEqual([
      "opened",
      "accepted",
      "key",
      "said",
      "returned",
      "requeued",
      "ending",
      "ended",
    ]);
  });
});

describe("the types", () => {
  type Bodies = { [Name in CommandName]: Commands[Name]["body"] };

  test("are those of the golden commands and answers", () => {
    // The assignment is the test: the type checker compares every field with what Python wrote.
    const widened = commands as unknown as Bodies;
    const { say, key, read, open, end, park } = commands satisfies Pick<
      Bodies,
      "say" | "key" | "read" | "end" | "park" | "on-duty" | "available" | "accept" | "close" | "off-duty"
    >;
    const opened: Commands["open"]["answer"] = answers.open;
    const resumed: Pick<Commands["resume"]["answer"], "epoch" | "half_key" | "exit_grant"> = answers.resume;
    const onDuty: Pick<Commands["on-duty"]["answer"], "epoch" | "is_available"> = answers["on-duty"];
    const page: Commands["read"]["answer"] = answers.read;
    expect([say.messages.length, key.recipient, read.after]).toEqual([2, "h3lper_participa", 3]);
    expect([opened.half_key.length, page.events.map(decodeEvent).includes(undefined)]).toEqual([43, false]);
    expect([opened.epoch, resumed.epoch, onDuty.epoch]).toEqual([1, 2, 2]);
    expect([open.entry.length >= 22, key.answers, end.epoch, park.epoch]).toEqual([true, 2, 2, 2]);
    expect(Object.keys(widened)).toContain("on-duty");
  });
});
