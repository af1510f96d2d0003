// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createWords } from "../ui/index.js";
import type { Waiting, WaitingVisitor } from "../wire/index.js";
import type { HelperNow } from "./acceptance.js";
import { Queue } from "./queue.js";

const MINUTE = 60_000;
const safety_questions = { fi: "", sv: "", en: "" };
const lines = [
  { code: "adults", name: "Help with violence", safety_questions },
  { code: "young", name: "Chat for children and young people", safety_questions },
];
const words = createWords({
  accept_next: "Accept next",
  waited: "{minutes} min",
  waited_below_a_minute: "under 1 min",
  writes_in_sv: "writes in Swedish",
  wants_professional: "would rather talk with a professional",
  nobody_waits: "Nobody is waiting.",
  nobody_present: "All are away.",
  only_for_professionals: "Only for professionals.",
  place_kept: "place kept",
  of_them_away: "{away} away",
  presence_here: "here",
  presence_hidden: "in the background",
  presence_unreachable: "no connection",
  presence_left: "left the page",
  no_connection: "No connection just now.",
  one_at_a_time: "You have a conversation. One at a time.",
});
const free: HelperNow = {
  isPeer: false,
  isOnDuty: true,
  isConnected: true,
  isAvailable: true,
  hasConversation: false,
};

function visitor(since: number, more: Partial<WaitingVisitor> = {}): WaitingVisitor {
  return { since, language: "fi", wants_professional: false, presence: "here", ...more };
}

/** As the server tells of a queue that is short enough to be shown whole. */
function waiting(line: string, visitors: readonly WaitingVisitor[]): Waiting {
  const present = visitors.filter(({ presence }) => presence === "here" || presence === "hidden");
  const forPeers = present.filter((one) => !one.wants_professional).length;
  const { length: count } = visitors;
  return { event: "waiting", line, visitors, count, present: present.length, present_for_peers: forPeers };
}

function setUp() {
  const region = document.createElement("section");
  document.body.replaceChildren(region);
  const clock = { now: 100 * MINUTE };
  const onAccept = vi.fn();
  const queue = new Queue(region, { lines, words, now: () => clock.now, onAccept });
  const group = (name: string) => {
    const element = region.querySelector<HTMLElement>(`[role=group][aria-label="${name}"]`);
    const button = element?.querySelector("button");
    if (!(element && button)) throw new Error(`no group ${name}`);
    return { element, button, rows: () => [...element.querySelectorAll("li")].map((row) => row.textContent) };
  };
  return {
    region,
    clock,
    onAccept,
    queue,
    adults: group("Help with violence"),
    young: group(lines[1]?.name ?? ""),
  };
}

describe("the region of those who wait", () => {
  let parts: ReturnType<typeof setUp>;

  beforeEach(() => {
    parts = setUp();
  });

  test("has a group for each line, with its name and its own button", () => {
    expect(parts.adults.button.textContent).toBe("Accept next");
    expect(parts.young.button.textContent).toBe("Accept next");
  });

  test("shows who waits in their order, for how long, in which language, with which wish", () => {
    parts.queue.show(
      waiting("adults", [
        visitor(94 * MINUTE, { wants_professional: true }),
        visitor(98 * MINUTE, { language: "sv" }),
        visitor(100 * MINUTE - 1),
      ]),
    );

    expect(parts.adults.rows()).toEqual([
      "16 minherewould rather talk with a professional",
      "22 minherewrites in Swedish",
      "3under 1 minhere",
    ]);
    expect(parts.adults.element.querySelector("h3")?.textContent).toBe("Help with violence3");
    expect(parts.young.rows()).toEqual([]);
    expect(parts.queue.count).toBe(3);
  });

  test("lets the waiting times move on without drawing the rows anew", () => {
    parts.queue.show(waiting("adults", [visitor(99 * MINUTE)]));
    const row = parts.adults.element.querySelector("li");

    parts.clock.now += MINUTE;
    parts.queue.tick();

    expect(parts.adults.element.querySelector("li")).toBe(row);
    expect(parts.adults.rows()).toEqual(["12 minhere"]);
  });

  test("shows who is away in words and by their shape, in their places, and counts them", () => {
    parts.queue.allow(free);
    parts.queue.show(
      waiting("adults", [
        visitor(99 * MINUTE, { presence: "unreachable", language: "sv" }),
        visitor(99 * MINUTE, { presence: "hidden" }),
        visitor(99 * MINUTE, { presence: "left" }),
      ]),
    );

    expect(parts.adults.rows()).toEqual([
      "11 minno connectionplace kept · writes in Swedish",
      "21 minin the background",
      "31 minleft the pageplace kept",
    ]);
    const rows = [...parts.adults.element.querySelectorAll("li")];
    expect(rows.map((row) => row.classList.contains("waiting-away"))).toEqual([true, false, true]);
    const shapes = rows.map((row) => row.querySelector("path")?.getAttribute("d"));
    expect(new Set(shapes).size).toBe(3);
    expect(parts.adults.element.querySelector("h3")?.textContent).toBe("Help with violence3 · 2 away");
    expect(parts.adults.button.disabled).toBe(false);
  });

  test("accepts nobody while all who wait are away, and says why", () => {
    parts.queue.allow(free);
    parts.queue.show(waiting("adults", [visitor(0, { presence: "unreachable" })]));

    expect(parts.adults.button.disabled).toBe(true);
    expect(parts.adults.element.querySelector(".waiting-why")?.textContent).toBe("All are away.");

    parts.queue.show(waiting("adults", [visitor(0)]));

    expect(parts.adults.button.disabled).toBe(false);
  });

  // A flood of entries, or many who want a professional, fill what is shown: the counts tell of all.
  test("counts and judges by what the server counts, however little of it is shown", () => {
    parts.queue.allow({ ...free, isPeer: true });
    const shown = waiting("adults", [
      visitor(0, { presence: "left" }),
      visitor(0, { wants_professional: true }),
    ]);

    parts.queue.show({ ...shown, count: 230, present: 30, present_for_peers: 1 });

    expect(parts.adults.element.querySelector("h3")?.textContent).toBe("Help with violence230 · 200 away");
    expect([parts.adults.button.disabled, parts.queue.count]).toEqual([false, 230]);

    parts.queue.show({ ...shown, count: 230, present: 29, present_for_peers: 0 });

    expect(parts.adults.element.querySelector(".waiting-why")?.textContent).toBe("Only for professionals.");
  });

  test("accepts the next one of the line whose button is pressed", () => {
    parts.queue.allow(free);
    parts.queue.show(waiting("young", [visitor(0)]));

    parts.young.button.click();

    expect(parts.onAccept).toHaveBeenCalledExactlyOnceWith("young");
  });

  test("disables the button while nobody waits, and says why in words", () => {
    parts.queue.allow(free);

    expect(parts.adults.button.disabled).toBe(true);
    const why = parts.adults.button.getAttribute("aria-describedby") ?? "";
    expect(document.getElementById(why)?.textContent).toBe("Nobody is waiting.");
  });

  // mission M13
  test("disables every line's button while a conversation is open", () => {
    parts.queue.show(waiting("adults", [visitor(0)]));
    parts.queue.show(waiting("young", [visitor(0)]));

    parts.queue.allow({ ...free, hasConversation: true });

    expect([parts.adults.button.disabled, parts.young.button.disabled]).toEqual([true, true]);
    expect(parts.adults.element.textContent).toContain("One at a time.");
  });

  test("says that it may be old while there is no connection, and accepts nobody", () => {
    parts.queue.show(waiting("adults", [visitor(0)]));

    parts.queue.allow({ ...free, isConnected: false });

    expect(parts.region.hasAttribute("data-stale")).toBe(true);
    expect(parts.adults.button.disabled).toBe(true);
    expect(parts.adults.element.textContent).toContain("No connection just now.");
  });

  test("keeps the focus on the button while rows come and go", () => {
    parts.queue.allow(free);
    parts.queue.show(waiting("adults", [visitor(0)]));
    parts.adults.button.focus();

    parts.queue.show(waiting("adults", [visitor(0), visitor(1)]));

    expect(document.activeElement).toBe(parts.adults.button);
  });

  test("holds nobody any more when it is cleared", () => {
    parts.queue.show(waiting("adults", [visitor(0)]));

    parts.queue.clear();

    expect(parts.queue.count).toBe(0);
    expect(parts.adults.rows()).toEqual([]);
  });

  test("leaves out a line that isn't this helper's", () => {
    parts.queue.show(waiting("another", [visitor(0)]));

    expect(parts.queue.count).toBe(0);
  });
});
