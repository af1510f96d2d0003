// @vitest-environment jsdom
/** A conversation whose helper changes, or whose helper's browser lost its key. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { type DutyKeyPair, newDutyKeyPair } from "../crypto/index.js";
import { freshlyAccepted, join, Line, type Parts, setUp } from "./testing/stage.js";

describe("a conversation whose seat is taken anew", () => {
  let pair: DutyKeyPair;
  let line: Line;
  let parts: Parts;

  beforeEach(async () => {
    ({ pair, line, parts } = await freshlyAccepted());
  });

  // safety 30
  test("waits for the visitor's browser again after this browser's key was lost", async () => {
    await join(parts, line, pair);
    await line.says("before it was lost");
    const another = await newDutyKeyPair();
    line.returned(another);

    const after = await setUp(another, line);
    await vi.waitFor(() => expect(after.shown.position).toBe(line.log.length));
    expect(after.send.disabled).toBe(true);
    expect(after.banner.textContent).toContain("Waiting for the visitor's browser.");

    after.shown.take(await line.sealKey(another));
    await vi.waitFor(() => expect(after.log.textContent).toContain("before it was lost"));
    await vi.waitFor(() => expect(after.send.disabled).toBe(false));
    expect(after.banner.className).toContain("banner-silent");
  });

  test("says that a new key is waited for when nothing had been said yet", async () => {
    await join(parts, line, pair);
    const another = await newDutyKeyPair();
    line.returned(another);

    const after = await setUp(another, line);

    await vi.waitFor(() => expect(after.banner.textContent).toContain("A new key."));
    expect(after.send.disabled).toBe(true);
  });

  // safety 15
  test("that another helper began names them beside their words and says where this one came in", async () => {
    const other = await newDutyKeyPair();
    line = new Line();
    line.opened();
    line.accepted(other, "before", "Ammattilainen Marja");
    await line.sealKey(other, "before");
    await line.says("Hei");
    await line.says("Hei, täällä Marja", "before");
    line.requeued("helper_lost");
    line.accepted(pair);

    const after = await setUp(pair, line);
    after.shown.take(await line.sealKey(pair));
    await vi.waitFor(() => expect(after.log.textContent).toContain("You answered."));

    const texts = [...after.log.querySelectorAll(".message-who b, .message-event")].map(
      ({ textContent }) => textContent,
    );
    expect(texts).toEqual([
      "Visitor",
      "Ammattilainen Marja",
      "Ammattilainen Marja was answering here.",
      "You answered.",
    ]);
    expect(after.shown.isOpen).toBe(true);
    expect(after.send.disabled).toBe(false);
  });

  // safety 30
  test("that was given to the queue says so, stays readable, and may come back under a later number", async () => {
    await join(parts, line, pair);
    parts.input.value = "half written";
    const event = line.requeued("helper_lost");
    parts.shown.take(event);

    await vi.waitFor(() => expect(parts.banner.textContent).toContain("lost for too long. Readable here."));

    expect(parts.log.textContent).toContain("half written");
    expect([parts.shown.isLive, parts.shown.isLetGo]).toEqual([false, true]);
    const active = { ...line.snapshot(), newest: event.number };
    expect(parts.shown.hasReturned(active)).toBe(false);
    expect(parts.shown.hasReturned({ ...active, newest: event.number + 1 })).toBe(true);
  });

  test("says of what was not acknowledged that it was not sent, and no longer that it is being tried", async () => {
    await join(parts, line, pair);
    line.isAnswering = false;
    parts.input.value = "on its way";
    parts.send.click();
    await vi.waitFor(() => expect(parts.log.textContent).toContain("Trying again."));

    parts.shown.dutyOver();

    expect(parts.log.textContent).toContain("Was not sent.");
    expect(parts.log.textContent).not.toContain("Trying again.");
  });

  test("goes to the queue with its helper's duty, if it had not begun to end", async () => {
    await join(parts, line, pair);
    parts.shown.dutyOver();
    expect(parts.banner.textContent).toContain("Your duty ended.");

    const after = await setUp(pair, line);
    after.shown.take(line.ended("left_quickly"));
    await vi.waitFor(() => expect(after.shown.isLive).toBe(false));
    after.shown.dutyOver();
    expect(after.shown.isLetGo).toBe(false);
  });
});
