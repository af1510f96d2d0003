// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { DutyKeyPair } from "../crypto/index.js";
import { Refused, Unreachable } from "../wire/index.js";
import { conversation, freshlyAccepted, join, Line, MINUTE, type Parts, setUp } from "./testing/stage.js";

const NOW = 1000 * MINUTE;

describe("the visitor's presence in a conversation", () => {
  let pair: DutyKeyPair;
  let line: Line;
  let parts: Parts;

  beforeEach(async () => {
    ({ pair, line, parts } = await freshlyAccepted());
    await join(parts, line, pair);
  });

  test("stands in the header as a shape and words, with the minutes", () => {
    expect(parts.chip.textContent).toBe("Visitor: not known");
    const shapes = new Set<string | null | undefined>();
    for (const [state, text] of [
      ["here", "Visitor: here"],
      ["hidden", "Visitor: in the background · 4 min"],
      ["unreachable", "Visitor: no connection · 4 min"],
      ["left", "Visitor: left the page · 4 min"],
    ] as const) {
      parts.placed(state, NOW - 4 * MINUTE);
      expect(parts.chip.textContent).toBe(text);
      shapes.add(parts.chip.querySelector("path")?.getAttribute("d"));
    }
    expect(shapes.size).toBe(4);

    parts.clock.now += MINUTE;
    parts.shown.tick();
    expect(parts.chip.textContent).toBe("Visitor: left the page · 5 min");
  });

  // safety 18
  test("is told aloud when it is lost and when it returns, not when a page is hidden and shown", () => {
    const told = () => parts.told.textContent;
    parts.placed("here", NOW);
    parts.placed("hidden", NOW);
    parts.placed("here", NOW);
    expect(told()).toBe("");

    parts.placed("unreachable", NOW);
    expect(told()).toBe("Visitor: no connection");
    parts.clock.now += MINUTE;
    parts.shown.tick();
    expect(told()).toBe("Visitor: no connection");
    parts.placed("here", NOW + MINUTE, MINUTE);
    expect(told()).toBe("Visitor: here again");
  });

  test("is not known while this page has no connection itself, and nothing can be put aside then", () => {
    parts.placed("unreachable", NOW - 11 * MINUTE);
    expect(parts.button("Put aside")).toBeDefined();

    parts.shown.lost();

    expect(parts.chip.textContent).toBe("Visitor: not known");
    expect(parts.button("Put aside")).toBeUndefined();
  });

  // safety 15
  test("after an absence stands in the log once, and offers a question that is not sent by itself", async () => {
    parts.placed("unreachable", NOW);
    parts.clock.now += 6 * MINUTE;
    parts.placed("here", NOW + 6 * MINUTE, 6 * MINUTE);
    // Each new stream says it again.
    parts.placed("here", NOW + 6 * MINUTE, 6 * MINUTE);

    expect(parts.log.textContent?.match(/Back after 6 min\./g)).toHaveLength(1);
    parts.button("Safety question")?.click();

    expect(parts.input.value).toBe("Voitko kirjoittaa turvassa?");
    expect(line.said).toEqual([]);
    parts.send.click();
    await vi.waitFor(() => expect(line.said).toEqual(["Voitko kirjoittaa turvassa?"]));
    expect(parts.button("Safety question")).toBeUndefined();
  });

  // safety 15
  test("says nothing of a short absence", () => {
    parts.placed("unreachable", NOW);
    parts.clock.now += MINUTE;
    parts.placed("here", NOW + MINUTE, MINUTE);

    expect(parts.log.textContent).not.toContain("Back after");
    expect(parts.button("Safety question")).toBeUndefined();
  });

  // safety 15
  test("after a reload offers the question where one writes, not in the midst of the log", async () => {
    const after = await setUp(pair, line);
    after.placed("here", NOW - MINUTE, 6 * MINUTE);

    expect(after.button("Safety question")).toBeDefined();
    await vi.waitUntil(() => !after.send.disabled);
    expect(after.log.textContent).not.toContain("Back after");
  });

  test("of somebody who was away in the queue asks for nothing: nothing was said that could be repeated", async () => {
    line = new Line();
    line.opened();
    line.accepted(pair);
    const fresh = await setUp(pair, line);

    fresh.placed("here", NOW, 6 * MINUTE);

    expect(fresh.button("Safety question")).toBeUndefined();
  });

  test("offers to put the talk aside after ten minutes, and does so when asked twice", async () => {
    parts.placed("left", NOW);
    parts.clock.now += 9.9 * MINUTE;
    parts.shown.tick();
    expect(parts.button("Put aside")).toBeUndefined();
    parts.clock.now += 0.1 * MINUTE;
    parts.shown.tick();

    parts.button("Put aside")?.click();
    expect(line.commands.map(([name]) => name)).not.toContain("park");
    expect(parts.shown.isOpen).toBe(true);
    document.querySelector<HTMLButtonElement>("dialog button")?.click();

    await vi.waitFor(() => expect(parts.banner.textContent).toContain("You put it aside. Readable here."));
    expect(line.commands).toContainEqual(["park", { conversation }]);
    expect(parts.shown.isOpen).toBe(false);
    expect(parts.shown.isLetGo).toBe(true);
    expect(parts.composer.hidden).toBe(true);
    expect(parts.button("Put aside")).toBeUndefined();
    expect(parts.close.hidden).toBe(false);
  });

  test("that has returned in the meantime is the server's reason not to put the talk aside", async () => {
    line.park = () => {
      throw new Refused(409, "visitor_present");
    };
    await park();

    await vi.waitFor(() => expect(parts.onProblem).toHaveBeenCalledOnce());
    expect(parts.shown.isOpen).toBe(true);
  });

  test("after an unanswered asking and a talk that is held no more: it was put aside", async () => {
    line.park = () => {
      throw new Unreachable();
    };
    await park();
    await vi.waitFor(() => expect(parts.onProblem).toHaveBeenCalledOnce());

    parts.shown.gone();

    expect(parts.banner.textContent).toContain("You put it aside.");
  });

  async function park(): Promise<void> {
    parts.placed("left", NOW - 10 * MINUTE);
    parts.button("Put aside")?.click();
    document.querySelector<HTMLButtonElement>("dialog button")?.click();
  }
});
