// @vitest-environment jsdom
import { describe, expect, test, vi } from "vitest";
import {
  app,
  becomes,
  find,
  freshForEach,
  inTalk,
  inTalkOnAClock,
  load,
  root,
  server,
  state,
  texts,
  until,
  write,
} from "./testing/page.js";

freshForEach();

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("a page that another one took over from", () => {
  // safety 10
  test("goes blank, stays so, and leaves the storage and the way out", async () => {
    await inTalk();
    await server.say("Hei.");
    await until(() => expect(texts()).toEqual(["Hei."]));
    const kept = { ...sessionStorage };
    server.supersede();
    await becomes("elsewhere");
    expect([texts(), { ...sessionStorage }, find("h1").textContent]).toEqual([[], kept, "Chat"]);
    expect(document.querySelector("textarea")).toBeNull();
    expect([root.firstElementChild?.firstElementChild?.id, app.exitGrant]).toEqual(["exit", "exit.grant"]);
    const before = [server.streams, server.names().length];
    for (const sign of ["online", "pageshow", "focus"]) dispatchEvent(new Event(sign));
    await pause(50);
    expect([state(), server.streams, server.names().length]).toEqual(["elsewhere", ...before]);
    expect({ ...sessionStorage }).toEqual(kept);
  });

  // safety 8
  test("keeps no word of it in memory, neither what was said nor what was half written", async () => {
    await inTalk();
    await server.say("Hei.");
    await until(() => expect(texts()).toEqual(["Hei."]));
    const [log, input] = [find('[role="log"]'), find<HTMLTextAreaElement>("textarea")];
    input.value = "kesken";
    input.dispatchEvent(new Event("input"));
    server.supersede();
    await becomes("elsewhere");
    expect([log.textContent, input.value]).toEqual(["", ""]);
    expect(server.names().filter((name) => name === "typing")).toHaveLength(1);
  });

  // safety 10
  test("stays so when its connection was lost just before, and when it is shown again much later", async () => {
    const reload = vi.fn<() => void>();
    vi.stubGlobal("location", { reload });
    await inTalkOnAClock();
    server.presence("unreachable");
    server.epoch += 1;
    server.cut();
    await becomes("elsewhere");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(state()).toBe("elsewhere");
    app.putAway();
    await app.shownAgain();
    expect([state(), reload.mock.calls.length, server.names().includes("resume")]).toEqual([
      "elsewhere",
      0,
      false,
    ]);
  });

  // safety 10
  test("is loaded anew when that happened while it was put away: it is the host's page again that is seen", async () => {
    const reload = vi.fn<() => void>();
    vi.stubGlobal("location", { reload });
    await inTalk();
    await server.say("Hei.");
    await until(() => expect(texts()).toEqual(["Hei."]));
    app.putAway();
    server.epoch += 1;
    await app.shownAgain();
    expect([texts(), reload.mock.calls.length, sessionStorage.length]).toEqual([[], 1, 1]);
  });

  // safety 10
  test("is the older of two: a page that is loaded anew is the newer, and goes on", async () => {
    await inTalk();
    load();
    await becomes("talk");
    write("tässä");
    await until(async () => expect(await server.readByHelper()).toEqual(["tässä"]));
    expect(server.epoch).toBe(2);
  });

  // safety 10
  test("is told apart by a code of its own, which it keeps when it has to ask again", async () => {
    await inTalkOnAClock();
    const pages = (): unknown[] =>
      server.commands.filter(([name]) => name === "resume").map(([, { page }]) => page);
    server.losesAnswers.add("resume");
    load();
    await becomes("reconnecting");
    server.losesAnswers.clear();
    await becomes("talk");
    load();
    await until(() => expect(new Set(pages()).size).toBe(2));
    const [first, again] = pages();
    expect([again, server.epoch]).toEqual([first, 3]);
    expect(first).toMatch(/^[\w-]{22}$/);
  });

  // safety 10
  test("learns so from the answer to its own request, when that was held up, and wipes nothing", async () => {
    await inTalk();
    server.refusals = { resume: [409, { error: "superseded" }] };
    load();
    await becomes("elsewhere");
    expect([app.exitGrant, sessionStorage.length]).toEqual(["exit.grant", 1]);
  });

  // safety 2
  test("can still end the talk by the exit", async () => {
    await inTalk();
    server.supersede();
    await becomes("elsewhere");
    app.wipe();
    expect([root.childNodes.length, sessionStorage.length]).toEqual([0, 0]);
  });
});
