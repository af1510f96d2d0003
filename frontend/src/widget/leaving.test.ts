// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  app,
  becomes,
  button,
  find,
  freshForEach,
  inTalk,
  inTalkOnAClock,
  load,
  server,
  texts,
  until,
} from "./testing/page.js";

freshForEach();

const beacons = vi.fn<(address: string, body: string) => boolean>();
const answered = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

beforeEach(() => {
  beacons.mockReset();
  vi.stubGlobal("navigator", { sendBeacon: beacons });
});

// safety 2
test.each([false, true])(
  "a talk that is being taken up again can be ended: unreachable %s",
  async (isDown) => {
    await inTalk();
    server.isDown = isDown;
    load();
    if (isDown) await becomes("reconnecting");
    expect(app.exitGrant).toBe("exit.grant");
    app.wipe();
    expect([app.exitGrant, sessionStorage.length]).toEqual([undefined, 0]);
  },
);

// safety 2
test("the exit in one tab takes the words from the talk's other tab, too", async () => {
  await inTalk();
  await server.say("Hei.");
  await until(() => expect(texts()).toEqual(["Hei."]));
  server.leaveQuickly();
  await becomes("notice");
  expect([texts(), sessionStorage.length, app.exitGrant]).toEqual([[], 0, undefined]);
  expect(document.body.textContent).not.toContain("Kaisa");
});

describe("what is on its way when the visitor leaves", () => {
  // safety 2
  test("gives up the place that an answer brings too late, and begins nothing", async () => {
    load();
    find<HTMLInputElement>('input[value="adults"]').click();
    button("Start").click();
    app.wipe();
    await answered();
    expect(beacons.mock.calls).toEqual([["/live/exit", "exit.grant"]]);
    expect([server.names(), sessionStorage.length, app.exitGrant]).toEqual([["open"], 0, undefined]);
  });

  // safety 2
  test("doesn't take a talk up again whose answer comes too late", async () => {
    await inTalk();
    load();
    app.wipe();
    const streams = server.streams;
    await answered();
    expect([sessionStorage.length, app.exitGrant, server.streams]).toEqual([0, undefined, streams]);
  });

  // safety 2
  test("doesn't try again when the answer that came too late was none", async () => {
    await inTalkOnAClock();
    server.isDown = true;
    load();
    app.wipe();
    await vi.advanceTimersByTimeAsync(100);
    server.isDown = false;
    const before = server.names().length;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.names()).toHaveLength(before);
  });

  // safety 2
  test("doesn't try again to take it up", async () => {
    await inTalkOnAClock();
    server.isDown = true;
    load();
    await becomes("reconnecting");
    app.wipe();
    server.isDown = false;
    const before = server.names().length;
    await vi.advanceTimersByTimeAsync(10_000);
    expect([server.names().length, sessionStorage.length]).toEqual([before, 0]);
  });
});
