// @vitest-environment jsdom
import { describe, expect, test, vi } from "vitest";
import {
  app,
  becomes,
  button,
  find,
  freshForEach,
  inTalk,
  inTalkOnAClock,
  load,
  root,
  server,
  state,
  texts,
  told,
  until,
  write,
} from "./testing/page.js";

freshForEach();

describe("in the talk", () => {
  test("names the helper and carries words both ways, sealed", async () => {
    await inTalk();
    expect(find("h1").textContent).toBe("Ammattilainen Kaisa");
    write("joo, olen yksin");
    await until(() => expect(server.names()).toContain("say"));
    await server.say("Hei.");
    await until(() => expect(texts()).toEqual(["joo, olen yksin", "Hei."]));
    expect(await server.readByHelper()).toEqual(["joo, olen yksin"]);
    expect(JSON.stringify(server.commands)).not.toContain("yksin");
  });

  // safety 12
  test("lets nothing typed leave before Send", async () => {
    await inTalk();
    const before = server.names().filter((name) => name === "say").length;
    const input = find<HTMLTextAreaElement>("textarea");
    input.value = "salaisuus";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await until(() => expect(server.names()).toContain("typing"));
    expect(server.names().filter((name) => name === "say")).toHaveLength(before);
    expect(JSON.stringify([server.commands, { ...sessionStorage }])).not.toContain("salaisuus");
  });

  // safety 30
  test("says that the connection is lost, keeps what is written, and sends it when it is back", async () => {
    await inTalk();
    server.isDown = true;
    server.cut();
    await becomes("reconnecting");
    expect(find('[role="status"][aria-label="Connection"]').textContent).toBe("Connection lost.");
    write("kirjoitettu pimennossa");
    server.isDown = false;
    dispatchEvent(new Event("online"));
    await until(async () => expect(await server.readByHelper()).toEqual(["kirjoitettu pimennossa"]));
    await becomes("talk");
  });

  // safety 8
  test("keeps nothing readable in the browser", async () => {
    await inTalk();
    write("ei jälkiä");
    await until(() => expect(server.names()).toContain("say"));
    expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.toContain("ei jälkiä");
    expect([document.cookie, localStorage.length]).toEqual(["", 0]);
  });

  // safety 8
  test("shows itself again after a reload, without a press", async () => {
    await inTalk();
    write("ennen");
    await until(() => expect(server.names()).toContain("say"));
    await server.say("vastaus");
    await until(() => expect(texts()).toEqual(["ennen", "vastaus"]));
    load();
    await becomes("talk");
    await until(() => expect(texts()).toEqual(["ennen", "vastaus"]));
    expect(find("h1").textContent).toBe("Ammattilainen Kaisa");
    expect(server.names().filter((name) => name === "open")).toHaveLength(1);
  });

  // safety 8
  test("begins neutrally after a reload of a talk that is over", async () => {
    await inTalk();
    server.refusals = { resume: [410, { error: "gone" }] };
    load();
    await becomes("notice");
    expect(sessionStorage).toHaveLength(0);
  });

  test("waits for the server after a reload, and then shows the talk", async () => {
    await inTalkOnAClock();
    server.isDown = true;
    load();
    await becomes("reconnecting");
    server.isDown = false;
    await vi.advanceTimersByTimeAsync(3000);
    await becomes("talk");
  });

  // safety 8
  test("blanks when the server doesn't know the talk any more", async () => {
    await inTalk();
    server.refusals = { events: [410, { error: "gone" }] };
    server.cut();
    await becomes("gone");
    expect([texts(), sessionStorage.length]).toEqual([[], 0]);
  });

  test("gives the host what can end the talk while it lives, and takes it back", async () => {
    await inTalk();
    expect([told, app.exitGrant]).toEqual([["exit.grant"], "exit.grant"]);
    server.end("helper_ended");
    await becomes("ended");
    await until(() => expect(told).toEqual(["exit.grant", undefined]));
    expect(app.exitGrant).toBeUndefined();
  });

  // safety 1
  test("has the exit link first in its header, in every state", async () => {
    await inTalk();
    const first = (): Element | null | undefined => root.firstElementChild?.firstElementChild;
    expect(first()?.id).toBe("exit");
    server.end("helper_ended");
    await becomes("ended");
    expect(first()?.id).toBe("exit");
  });

  // safety 2
  test("is gone from memory, storage and screen when the exit wipes it", async () => {
    await inTalk();
    write("pois");
    app.wipe();
    expect([root.childNodes.length, sessionStorage.length, app.exitGrant]).toEqual([0, 0, undefined]);
  });
});

/** What is on the screen and not hidden. */
const seen = (): string =>
  [...root.querySelectorAll("h1, .talk, .composer, .chat-foot")]
    .filter((element) => !element.closest("[hidden]"))
    .map((element) => element.textContent)
    .join("");

describe("after the end", () => {
  test("asks once whether to end, and keeps the words on the screen until Close", async () => {
    await inTalk();
    await server.say("Hei.");
    await until(() => expect(texts()).toEqual(["Hei."]));
    button("End conversation").click();
    expect(server.names()).not.toContain("end");
    button("End").click();
    await becomes("ended");
    expect([texts(), document.querySelector("textarea")]).toEqual([["Hei."], null]);
    await until(() => expect(sessionStorage).toHaveLength(0));
    button("Close").click();
    expect([state(), texts()]).toEqual(["notice", []]);
  });

  test("takes them away by itself after a quarter of an hour", async () => {
    await inTalk();
    vi.useFakeTimers({ shouldAdvanceTime: true });
    server.end("helper_ended");
    await becomes("ended");
    await vi.advanceTimersByTimeAsync(15 * 60_000);
    expect(state()).toBe("notice");
  });

  // safety 9
  test("destroys the page when it goes", async () => {
    await inTalk();
    server.end("visitor_ended");
    await becomes("ended");
    await until(() => expect(app.exitGrant).toBeUndefined());
    app.putAway();
    expect(root.childNodes).toHaveLength(0);
  });

  // safety 9
  test("hides a living talk that was put away, and shows it again only when it is still there", async () => {
    await inTalk();
    await server.say("Hei.");
    await until(() => expect(seen()).toContain("Hei."));
    app.putAway();
    expect(seen()).toEqual("");
    expect(find<HTMLElement>("#exit").closest("[hidden]")).toBeNull();
    await app.shownAgain();
    expect(seen()).toContain("Hei.");
  });

  // safety 9
  test.each(["unreachable", "too fast"])(
    "stays hidden while the server is %s, and asks again",
    async (why) => {
      await inTalkOnAClock();
      app.putAway();
      server.isDown = why === "unreachable";
      server.refusals = { here: [429, { error: "too_fast" }] };
      void app.shownAgain();
      await vi.advanceTimersByTimeAsync(2000);
      expect(seen()).toEqual("");
      server.isDown = false;
      server.refusals = {};
      await vi.advanceTimersByTimeAsync(30_000);
      await until(() => expect(seen()).toContain("Ammattilainen Kaisa"));
    },
  );

  // safety 9
  test("stays hidden when it ends meanwhile", async () => {
    await inTalk();
    app.putAway();
    server.end("helper_ended");
    await becomes("ended");
    expect(seen()).toEqual("");
  });

  // safety 9
  test("loads anew when the talk is over, or this page had not taken it up yet", async () => {
    const reload = vi.fn<() => void>();
    vi.stubGlobal("location", { reload });
    await inTalk();
    app.putAway();
    server.refusals = { here: [410, { error: "gone" }] };
    await app.shownAgain();
    server.isDown = true;
    load();
    await app.shownAgain();
    expect(reload).toHaveBeenCalledTimes(2);
  });

  // safety 9
  test("loads nothing anew once the visitor has left", async () => {
    const reload = vi.fn<() => void>();
    vi.stubGlobal("location", { reload });
    await inTalk();
    server.refusals = { here: [410, { error: "gone" }] };
    const shown = app.shownAgain();
    app.wipe();
    await shown;
    expect(reload).not.toHaveBeenCalled();
  });
});

test("in a frame the header is for the outline only, and the talk's own line names the helper", async () => {
  await inTalk({ mode: "frame" });
  expect(find("header").className).toBe("visually-hidden");
  expect(find(".talk-name").textContent).toBe("Ammattilainen Kaisa");
});
