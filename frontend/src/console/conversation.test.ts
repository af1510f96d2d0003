// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { DutyKeyPair } from "../crypto/index.js";
import {
  conversation,
  freshlyAccepted,
  join,
  type Line,
  MINUTE,
  type Parts,
  setUp,
} from "./testing/stage.js";

describe("a conversation on the console", () => {
  let pair: DutyKeyPair;
  let line: Line;
  let parts: Parts;

  afterEach(() => {
    vi.useRealTimers();
  });

  beforeEach(async () => {
    ({ pair, line, parts } = await freshlyAccepted());
  });

  test("is a region with its number, a log and a composer", () => {
    expect(parts.shown.element.getAttribute("aria-label")).toBe("Conversation 1");
    expect(parts.log.isConnected && parts.input.isConnected).toBe(true);
  });

  test("waits for the key, says so, and can't be written in before", async () => {
    expect(parts.banner.textContent).toContain("Waiting for the visitor's browser.");
    expect(parts.send.disabled).toBe(true);

    await join(parts, line, pair);

    expect(parts.banner.textContent).not.toContain("Waiting");
  });

  test("says after 20 seconds that the visitor's browser does not answer, until it does", async () => {
    vi.useFakeTimers();
    parts = await setUp(pair, line);
    const saidAfter = (ms: number) => {
      vi.advanceTimersByTime(ms);
      return parts.banner.textContent;
    };
    expect(saidAfter(19_999)).toContain("Waiting");
    // While this page was away, the other browser's silence said nothing.
    parts.shown.connected();
    expect(saidAfter(19_999)).toContain("Waiting");
    expect(saidAfter(1)).toContain("No answer.");

    await join(parts, line, pair);

    expect(saidAfter(MINUTE)).not.toContain("No answer.");
  });

  test("says nothing of silence once it is over", async () => {
    vi.useFakeTimers();
    parts = await setUp(pair, line);
    parts.shown.take(line.ended("left_quickly"));
    await vi.waitFor(() => expect(parts.banner.textContent).toContain("left quickly"));

    vi.advanceTimersByTime(MINUTE);

    expect(parts.banner.textContent).toContain("left quickly");
  });

  test("shows what the visitor says, and seals what the helper says", async () => {
    await join(parts, line, pair);
    parts.shown.take(await line.says("Hei"));
    await vi.waitFor(() => expect(parts.log.textContent).toContain("Hei"));

    parts.input.value = "Hei, täällä Kaisa";
    parts.send.click();

    await vi.waitFor(() => expect(line.said).toEqual(["Hei, täällä Kaisa"]));
  });

  test("is taken up by a reloaded page from number 0, with the same pair", async () => {
    await line.sealKey(pair);
    await line.says("before the reload");

    const after = await setUp(pair, line);

    await vi.waitFor(() => expect(after.log.textContent).toContain("before the reload"));
    expect(after.send.disabled).toBe(false);
    expect(line.commands).toContainEqual(["read", { conversation, after: 0 }]);
  });

  // safety 7
  test("that the visitor left quickly says so, stays readable and can be written in no more", async () => {
    await join(parts, line, pair);
    parts.shown.take(await line.says("somebody is coming"));
    parts.shown.take(line.ended("left_quickly"));

    await vi.waitFor(() => expect(parts.banner.textContent).toContain("left quickly"));

    expect(parts.log.textContent).toContain("somebody is coming");
    expect(parts.banner.textContent).toContain("Readable until you close it.");
    expect(parts.composer.hidden).toBe(true);
    expect(parts.send.disabled).toBe(true);
    expect(parts.close.hidden).toBe(false);
    expect(parts.shown.isLive).toBe(false);
  });

  test("that ends while the helper writes keeps the half-written text in sight", async () => {
    await join(parts, line, pair);
    parts.input.value = "Ennen kuin";
    parts.input.focus();

    parts.shown.take(line.ended("left_quickly"));

    await vi.waitFor(() => expect(parts.log.textContent).toContain("Ennen kuin"));
    expect(line.said).toEqual([]);
    expect(parts.shown.element.contains(document.activeElement)).toBe(true);
    expect(document.activeElement).not.toBe(parts.close);
  });

  // safety 18
  test("leaves the focus where it is when a message comes", async () => {
    await join(parts, line, pair);
    const elsewhere = document.body.appendChild(document.createElement("button"));
    elsewhere.focus();

    parts.shown.take(await line.says("Hei"));
    await vi.waitFor(() => expect(parts.log.textContent).toContain("Hei"));

    expect(document.activeElement).toBe(elsewhere);
  });

  test("closes by the helper's press, or by itself after an hour", async () => {
    parts.shown.take(line.ended("helper_ended"));
    await vi.waitFor(() => expect(parts.close.hidden).toBe(false));

    parts.clock.now += 59 * MINUTE;
    parts.shown.tick();
    expect(parts.onClose).not.toHaveBeenCalled();
    parts.clock.now += MINUTE;
    parts.shown.tick();

    expect(parts.onClose).toHaveBeenCalledExactlyOnceWith(parts.shown);
  });

  test("says how it ended, and that nothing is left to read, when that was before this page was loaded", async () => {
    await line.says("Hei");
    line.ended("left_quickly");

    const after = await setUp(pair, line);

    await vi.waitFor(() => expect(after.banner.textContent).toContain("left quickly"));
    expect(after.banner.textContent).toContain("Nothing left to read.");
    expect(after.close.hidden).toBe(false);
  });

  // safety 30
  test("says why it ends for as long as that takes: a visitor who is lost fetches nothing", async () => {
    await join(parts, line, pair);
    parts.shown.take(line.ending("visitor_lost"));
    await vi.waitFor(() => expect(parts.composer.hidden).toBe(true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(parts.banner.textContent).toContain("The visitor was away for too long.");
    expect(parts.close.hidden).toBe(true);
  });

  // safety 7
  test("says that the visitor left quickly when the connection was away meanwhile", async () => {
    await join(parts, line, pair);
    parts.shown.take(await line.says("somebody is coming"));
    line.ended("left_quickly");

    parts.shown.newest(line.snapshot().newest);

    await vi.waitFor(() => expect(parts.banner.textContent).toContain("left quickly"));
    expect(parts.log.textContent).toContain("somebody is coming");
    expect(parts.composer.hidden).toBe(true);
  });

  test("is gone from the page and from memory when it is forgotten", async () => {
    await join(parts, line, pair);
    parts.shown.take(await line.says("Hei"));
    await vi.waitFor(() => expect(parts.log.textContent).toContain("Hei"));

    parts.shown.forget();

    expect(document.body.textContent).toBe("");
    expect(parts.input.value).toBe("");
  });
});
