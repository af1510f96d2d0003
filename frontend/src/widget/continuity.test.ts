// @vitest-environment jsdom
import { describe, expect, test, vi } from "vitest";
import {
  becomes,
  button,
  find,
  freshForEach,
  inQueue,
  inTalk,
  inTalkOnAClock,
  load,
  open,
  server,
  state,
  texts,
  told,
  until,
  write,
  young,
} from "./testing/page.js";

freshForEach();

const connection = (): string | null => find('[role="status"][aria-label="Connection"]').textContent;
const events = (): (string | null)[] =>
  [...document.querySelectorAll(".message-event")].map((element) => element.textContent);
const entries = (): unknown[] =>
  server.commands.filter(([name]) => name === "open").map(([, { entry }]) => entry);
const said = (): { id: string; sealed: string }[] =>
  server.commands
    .filter(([name]) => name === "say")
    .flatMap(([, { messages }]) => messages as { id: string; sealed: string }[]);
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("Start", () => {
  // safety 35
  test("goes out again as the same one after a lost answer, and not as a second place in the queue", async () => {
    load({ lines: [open] });
    server.losesAnswers.add("open");
    button("Start").click();
    await until(() => expect(find(".notice-said").textContent).toBe("No connection."));
    server.losesAnswers.clear();
    button("Start").click();
    await becomes("queue");
    expect(entries()).toHaveLength(2);
    expect(new Set(entries()).size).toBe(1);
  });

  test("is another one for another choice, and after an answer", async () => {
    load({ lines: [open, young] });
    server.isDown = true;
    find<HTMLInputElement>('input[value="adults"]').click();
    button("Start").click();
    await until(() => expect(find(".notice-said").textContent).toBe("No connection."));
    server.isDown = false;
    server.losesAnswers.add("open");
    button("Start").click();
    await until(() => expect([entries().length, button("Start").disabled]).toEqual([1, false]));
    find<HTMLInputElement>('input[value="young"]').click();
    server.losesAnswers.clear();
    button("Start").click();
    await becomes("queue");
    button("Leave the queue").click();
    await becomes("notice");
    find<HTMLInputElement>('input[value="young"]').click();
    button("Start").click();
    await becomes("queue");
    expect(new Set(entries()).size).toBe(3);
  });
});

describe("the helper's absence", () => {
  // safety 30
  test("is told to the visitor after a blink, and its end too", async () => {
    await inTalkOnAClock();
    server.presence("unreachable");
    await vi.advanceTimersByTimeAsync(1000);
    expect(connection()).toBe("");
    await vi.advanceTimersByTimeAsync(600);
    expect([connection(), state()]).toEqual(["Your helper is away.", "talk"]);
    server.presence("here");
    await until(() => expect(connection()).toBe("Back."));
    await vi.advanceTimersByTimeAsync(5000);
    expect(connection()).toBe("");
  });

  test("says nothing of a helper whose page is only hidden", async () => {
    await inTalkOnAClock();
    server.presence("hidden");
    await vi.advanceTimersByTimeAsync(3000);
    expect(connection()).toBe("");
  });

  // safety 15
  test("leads to the front of the queue, with what was written; the next helper is announced", async () => {
    await inTalk();
    write("ensin");
    await until(() => expect(said()).toHaveLength(1));
    find<HTMLTextAreaElement>("textarea").value = "kesken jäi";
    server.presence("unreachable");
    server.requeue("helper_lost");
    await becomes("queue");
    expect([find(".requeued").textContent, find(".requeued").hasAttribute("hidden")]).toEqual([
      "Your helper was lost.",
      false,
    ]);
    server.place(1);
    await server.accept("Aino");
    await becomes("talk");
    expect([find("h1").textContent, texts()]).toEqual(["Ammattilainen Aino", ["ensin"]]);
    expect(find<HTMLTextAreaElement>("textarea").value).toBe("kesken jäi");
    await until(() => expect(events().at(-1)).toBe("Ammattilainen Aino can read on."));
    expect(find('main > .visually-hidden[role="status"]').textContent).toContain("Aino can read on.");
    button("Send").click();
    await until(async () => expect(await server.readByHelper()).toEqual(["ensin", "kesken jäi"]));
    await pause(1600);
    expect(connection()).toBe("");
  });

  // safety 30
  test("sends what was pressed in the moment of the loss when the next helper can read it, once", async () => {
    await inTalk();
    server.refusals = { say: [409, { error: "out_of_state" }] };
    write("samalla hetkellä");
    await pause(30);
    server.refusals = {};
    server.requeue("helper_lost");
    await becomes("queue");
    expect(server.log.filter(({ event }) => event === "said")).toHaveLength(0);
    expect(JSON.parse(sessionStorage.getItem("suoja-talk") ?? "").unsent).toHaveLength(1);
    load();
    await becomes("queue");
    await until(() => expect(find(".requeued").textContent).toBe("Your helper was lost."));
    await server.accept("Aino");
    await until(async () => expect(await server.readByHelper()).toEqual(["samalla hetkellä"]));
    expect(texts()).toEqual(["samalla hetkellä"]);
  });

  test("says why when the talk was put aside, and begins with no reason at the first queue", async () => {
    await inQueue();
    expect(find(".requeued").hasAttribute("hidden")).toBe(true);
    await server.accept();
    await becomes("talk");
    server.requeue("parked");
    await becomes("queue");
    expect(find(".requeued").textContent).toBe("You were away.");
  });

  // safety 30
  test("that cost the helper the keys is mended: told as back, and the key sealed anew", async () => {
    await inTalk();
    await server.comeBack();
    write("kuuletko nyt?");
    await until(async () => expect(await server.readByHelper()).toEqual(["kuuletko nyt?"]));
    expect(events()).toContain("Ammattilainen Kaisa is back.");
    const keys = server.log.filter(({ event }) => event === "key");
    expect(keys).toMatchObject([{ answers: 2 }, { answers: 4 }]);
  });
});

describe("one's own connection", () => {
  test("is told of no more after the end of all", async () => {
    await inTalkOnAClock();
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    server.refusals = { events: [410, { error: "gone" }] };
    server.cut();
    await becomes("gone");
    await vi.advanceTimersByTimeAsync(5000);
    expect(state()).toBe("gone");
  });

  test("is told of no more when a talk that was to be taken up again is over", async () => {
    await inTalkOnAClock();
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    server.isDown = true;
    load();
    await becomes("reconnecting");
    [server.isDown, server.refusals] = [false, { resume: [410, { error: "gone" }] }];
    await becomes("notice");
    await vi.advanceTimersByTimeAsync(5000);
    expect(state()).toBe("notice");
  });

  test("that only blinks isn't told as lost", async () => {
    await inTalkOnAClock();
    server.cut();
    await vi.advanceTimersByTimeAsync(1600);
    expect([state(), connection(), server.streams]).toEqual(["talk", "", 2]);
  });

  // safety 30
  test("comes before the helper's: without it nobody knows of the other's", async () => {
    await inTalkOnAClock();
    server.presence("unreachable");
    await vi.advanceTimersByTimeAsync(1600);
    server.isDown = true;
    server.cut();
    await vi.advanceTimersByTimeAsync(1600);
    expect(connection()).toBe("Connection lost.");
    server.isDown = false;
    await vi.advanceTimersByTimeAsync(10_000);
    await until(() => expect(connection()).toBe("Your helper is away."));
  });

  // safety 36
  test.each([503, 429])(
    "or a full disk (%i) costs no word: kept, said, and sent with the same bytes after a reload",
    async (status) => {
      vi.spyOn(Math, "random").mockReturnValue(0.5);
      await inTalk();
      server.refusals = { say: [status, { error: "unavailable" }] };
      write("älä katoa");
      await until(() => expect(find(".message-state").textContent).toBe("Not sent yet."));
      const [kept] = JSON.parse(sessionStorage.getItem("suoja-talk") ?? "").unsent;
      load();
      server.refusals = {};
      await until(async () => expect(await server.readByHelper()).toEqual(["älä katoa"]));
      expect(said()).toEqual([kept]);
      await until(() => expect(texts()).toEqual(["älä katoa"]));
      expect(JSON.parse(sessionStorage.getItem("suoja-talk") ?? "").unsent).toEqual([]);
    },
  );

  // safety 8
  test.each([401, 403, 410])("that somebody between answers for with %i ends nothing", async (status) => {
    await inTalk();
    write("ennen hotellia");
    await until(() => expect(said()).toHaveLength(1));
    for (const name of ["events", "resume", "say", "read"])
      server.refusals[name] = [status, { message: "pay first" }];
    server.cut();
    write("hotellissa");
    await pause(100);
    load();
    await becomes("reconnecting");
    expect(sessionStorage).toHaveLength(1);
    server.refusals = {};
    await becomes("talk");
    await until(async () => expect(await server.readByHelper()).toEqual(["ennen hotellia", "hotellissa"]));
  });

  test("lost between the end and its last word takes nothing from the screen", async () => {
    await inTalk();
    await server.say("Hyvää jatkoa.");
    await until(() => expect(texts()).toEqual(["Hyvää jatkoa."]));
    server.add({ event: "ending", how: "helper_ended" });
    await becomes("ended");
    server.refusals = { events: [410, { error: "gone" }] };
    server.cut();
    await until(() => expect(sessionStorage).toHaveLength(0));
    expect([state(), texts(), told.at(-1)]).toEqual(["ended", ["Hyvää jatkoa."], undefined]);
  });
});

describe("an end that nobody chose", () => {
  // safety 8
  test("leaves nothing to read to whoever comes back after so long an absence", async () => {
    await inTalk();
    await server.say("Kerro lisää.");
    await until(() => expect(texts()).toEqual(["Kerro lisää."]));
    server.end("visitor_lost");
    await becomes("ended");
    expect(document.body.textContent).not.toContain("Kerro lisää.");
    expect(find("h1").textContent).toBe("Chat");
    expect(document.querySelector(".chat-foot p")).toBeNull();
  });

  test.each([
    ["visitor_lost", "You were away too long."],
    ["ended_by_service", "The service ended it."],
  ] as const)("(%s) says why, gives numbers, and leads back", async (how, why) => {
    await inTalk();
    server.end(how);
    await becomes("ended");
    expect(find(".chat-foot h2").textContent).toBe(why);
    expect(find<HTMLAnchorElement>(".help-list a").href).toBe("tel:080005005");
    button("To the beginning").click();
    expect(state()).toBe("notice");
  });

  test.each([
    ["visitor_ended", "You ended it."],
    ["helper_ended", "The helper ended it."],
  ] as const)("is told from an ordinary one (%s), which needs no numbers", async (how, why) => {
    await inTalk();
    server.end(how);
    await becomes("ended");
    expect([find(".chat-foot h2").textContent, document.querySelector("main .help-list")]).toEqual([
      why,
      null,
    ]);
    expect(button("Close")).toBeTruthy();
  });
});

// safety 8
test("where storage is denied all of it works in memory, and a reload begins neutrally", async () => {
  const denied = (): never => {
    throw new DOMException("denied", "SecurityError");
  };
  for (const name of ["setItem", "getItem", "removeItem"] as const)
    vi.spyOn(Storage.prototype, name).mockImplementation(denied);
  await inTalk();
  write("muistissa");
  await until(async () => expect(await server.readByHelper()).toEqual(["muistissa"]));
  server.requeue("helper_lost");
  await becomes("queue");
  await server.accept("Aino");
  await becomes("talk");
  load();
  await becomes("notice");
});
