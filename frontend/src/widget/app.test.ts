// @vitest-environment jsdom
import { describe, expect, test, vi } from "vitest";
import {
  becomes,
  button,
  find,
  freshForEach,
  inQueue,
  load,
  open,
  server,
  shut,
  state,
  told,
  until,
  young,
} from "./testing/page.js";

freshForEach();

describe("before the talk", () => {
  // safety 11
  test("has no line chosen beforehand, and asks for one before it starts", () => {
    load();
    expect(state()).toBe("notice");
    expect(document.querySelector("input[type=radio]:checked")).toBeNull();
    button("Start").click();
    expect(find(".notice-said").textContent).toBe("Choose first.");
    expect(server.names()).toEqual([]);
  });

  // safety 11
  test("says under the choice which languages are answered now, on the chosen line or on any", () => {
    load();
    const answered = find(".answered");
    expect(answered.textContent).toBe("Right now we answer in Finnish and Swedish.");
    expect(answered.previousElementSibling?.tagName).toBe("FIELDSET");
    find<HTMLInputElement>('input[value="young"]').click();
    expect(answered.textContent).toBe("Right now we answer in Finnish.");
    find<HTMLInputElement>('input[value="adults"]').click();
    expect(answered.textContent).toBe("Right now we answer in Finnish and Swedish.");
  });

  // safety 11
  test("says before the choice that the page's own language isn't answered now", () => {
    load({ language: "en" });
    expect(find(".answered").nextElementSibling?.tagName).toBe("FIELDSET");
  });

  // safety 11
  test("follows when somebody who writes another language comes or goes", async () => {
    vi.useFakeTimers();
    load({ lines: [open, shut(young)], language: "en" });
    const answered = find(".answered");
    server.lines = [{ ...open, languages: ["fi", "sv", "en"] }, shut(young)];
    await vi.advanceTimersByTimeAsync(25_000);
    expect(answered.textContent).toBe("Right now we answer in Finnish, Swedish and English.");
    expect(answered.previousElementSibling?.tagName).toBe("FIELDSET");
    // A line that nobody can enter adds nothing, whatever is said of it.
    server.lines = [
      { ...open, languages: ["sv"] },
      { ...shut(young), languages: ["en"] },
    ];
    await vi.advanceTimersByTimeAsync(25_000);
    expect(answered.textContent).toBe("Right now we answer in Swedish.");
  });

  // safety 18
  test("names each choice by its line alone, and describes it by the rest", () => {
    load();
    const radio = find<HTMLInputElement>('input[value="adults"]');
    const text = (attribute: string): string | null | undefined =>
      document.getElementById(radio.getAttribute(attribute) ?? "")?.textContent;
    expect(text("aria-labelledby")).toBe("Help with violence");
    expect(text("aria-describedby")).toBe("For everyone over 18. Open now.");
  });

  // safety 11
  test("has six lines at most, with 112 as a link", () => {
    load();
    expect(document.querySelectorAll(".notice:not([hidden]) li, .emergency").length).toBeLessThanOrEqual(6);
  });

  test("needs no choice where one chat only is open", async () => {
    load({ lines: [open, shut(young)] });
    expect(find<HTMLInputElement>('input[value="young"]').disabled).toBe(true);
    button("Start").click();
    await becomes("queue");
  });

  // safety 22
  test("speaks simply once the children's line is chosen, and asks for no wish there", () => {
    load();
    expect(find(".notice:not([hidden])").textContent).toBe("For adults.");
    find<HTMLInputElement>('input[value="young"]').click();
    expect(find(".notice:not([hidden])").textContent).toBe("For the young.");
    expect(find<HTMLElement>(".check").hidden).toBe(true);
  });

  test("sends the wish for a professional along, and no more than the line and the language beside", async () => {
    load();
    find<HTMLInputElement>('input[value="adults"]').click();
    find<HTMLInputElement>("input[type=checkbox]").click();
    button("Start").click();
    await becomes("queue");
    const entry = expect.stringMatching(/^[\w-]{22}$/);
    expect(server.commands[0]).toEqual([
      "open",
      { line: "adults", language: "fi", wants_professional: true, entry },
    ]);
  });

  test("is closed while nobody is on duty, and opens when somebody comes", async () => {
    vi.useFakeTimers();
    load({ lines: [shut(open), shut(young)] });
    expect([state(), document.querySelector("button")]).toEqual(["closed", null]);
    expect(find<HTMLAnchorElement>(".help-list a").href).toBe("tel:080005005");
    server.lines = [open, shut(young)];
    await vi.advanceTimersByTimeAsync(25_000);
    expect(state()).toBe("notice");
  });

  test("keeps the choice and the focus when the lines are read again", async () => {
    vi.useFakeTimers();
    load();
    const chosen = find<HTMLInputElement>('input[value="adults"]');
    chosen.focus();
    chosen.click();
    server.lines = [open, shut(young)];
    await vi.advanceTimersByTimeAsync(25_000);
    expect(find<HTMLInputElement>('input[value="adults"]').checked).toBe(true);
    expect((document.activeElement as HTMLInputElement).value).toBe("adults");
  });

  test("leaves the choice alone while nothing has changed: a press must not fall between two drawings", async () => {
    vi.useFakeTimers();
    load();
    const drawn = find('input[value="adults"]');
    await vi.advanceTimersByTimeAsync(25_000);
    expect(find('input[value="adults"]')).toBe(drawn);
  });

  test("says so when the chat was closed in between, or the network is away, and can be started again", async () => {
    load({ lines: [open] });
    server.refusals = { open: [409, { error: "line_closed", reason: "nobody_on_duty" }] };
    button("Start").click();
    await until(() => expect(find(".notice-said").textContent).toBe("Just closed."));
    server.refusals = {};
    server.isDown = true;
    button("Start").click();
    await until(() => expect(find(".notice-said").textContent).toBe("No connection."));
    server.isDown = false;
    button("Start").click();
    await becomes("queue");
  });

  test("shows numbers when something is wrong that waiting doesn't mend", async () => {
    load({ lines: [open] });
    server.refusals = { open: [400, { error: "unsupported_protocol" }] };
    button("Start").click();
    await becomes("failed");
    expect(find(".help-list").textContent).toContain("080 005 005");
  });
});

describe("in the queue", () => {
  // safety 13
  test("tells the place in words and in panes, in a status named Queue", async () => {
    await inQueue();
    await until(() => {
      server.place(2);
      expect(find('[role="status"][aria-label="Queue"]').textContent).toContain("You are second.");
    });
    expect(document.querySelectorAll(".panes i")).toHaveLength(2);
  });

  // safety 18
  test("reads the place out at most once a minute", async () => {
    await inQueue();
    const queue = find('[aria-label="Queue"]');
    await until(() => {
      server.place(2);
      expect(queue.getAttribute("aria-live")).not.toBeNull();
    });
    server.place(1);
    await until(() => expect(queue.getAttribute("aria-live")).toBe("off"));
  });

  test("can be left, and begins anew with nothing kept", async () => {
    await inQueue();
    expect(sessionStorage).toHaveLength(1);
    button("Leave the queue").click();
    await becomes("notice");
    expect([server.names().includes("end"), sessionStorage.length, told.at(-1)]).toEqual([
      true,
      0,
      undefined,
    ]);
  });
});
