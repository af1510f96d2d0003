// @vitest-environment jsdom
import { describe, expect, test, vi } from "vitest";
import {
  joinKey,
  newConversationKey,
  newDutyKeyPair,
  newMessageId,
  openKey,
  openMessage,
  sealMessage,
  splitKey,
} from "../crypto/index.js";
import {
  type Accepted,
  type Body,
  type Call,
  type KeySealed,
  Refused,
  type Said,
  type SealedMessage,
  Unreachable,
  type Unseated,
} from "../wire/index.js";
import {
  accepted,
  conversation,
  freshForEach,
  freshLog,
  happened,
  hear,
  key,
  newTalk,
  pair,
  returned,
  said,
  server,
  serverHalf,
  settled,
  shown,
  texts,
  until,
} from "./testing/talk.js";

freshForEach();

describe("the visitor's side", () => {
  test("seals the key to the helper before the first word leaves", async () => {
    const talk = newTalk({ key });
    talk.say("typed while waiting");
    await settled();
    expect(server.commands).toEqual([]);
    accepted();
    await until(() =>
      expect(server.log.map(({ event }) => event)).toEqual(["opened", "accepted", "key", "said"]),
    );
    const [, , sealed, first] = server.log as [unknown, unknown, Body<"key">, SealedMessage];
    const opened = await openKey(pair, { conversation, recipient: "helper" }, sealed.sealed);
    const message = await openMessage(
      opened,
      { conversation, sender: "visitor", id: first.id },
      first.sealed,
    );
    expect(message).toEqual({ counter: 1, text: "typed while waiting" });
  });

  test("sees a key through that didn't arrive at first, with the same bytes", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    server.refusals = { key: [new Unreachable(), new Refused(429, "too_fast")] };
    newTalk({ key });
    accepted();
    await until(() => expect(happened).toContain("writable"));
    expect(server.commands).toEqual(["key", "key", "key"]);
  });

  test("takes it as done when the server has an earlier key of this browser", async () => {
    server.refusals = { key: [new Refused(409, "message_differs")] };
    newTalk({ key });
    accepted();
    await until(() => expect(happened).toContain("writable"));
  });

  // safety 30
  test("seals the key anew to a helper who came back without it, and nothing leaves before", async () => {
    const talk = newTalk({ key });
    accepted();
    await until(() => expect(happened).toContain("writable"));
    const newPair = await newDutyKeyPair();
    server.refusals = { key: [new Unreachable()] };
    vi.spyOn(Math, "random").mockReturnValue(0.05);
    const asked = returned(newPair);
    talk.say("oletko vielä siellä?");
    await until(() => expect(said()).toBe(1));
    const [sealed] = server.log.slice(asked) as [KeySealed];
    expect(sealed).toMatchObject({ event: "key", recipient: "helper", answers: asked });
    const opened = await openKey(newPair, { conversation, recipient: "helper" }, sealed.sealed);
    const last = server.log.at(-1) as Said;
    const place = { conversation, sender: "visitor", id: last.id };
    expect((await openMessage(opened, place, last.sealed)).text).toBe("oletko vielä siellä?");
    const changes = happened.filter((what, at) => what !== happened[at - 1]);
    expect(changes).toEqual(["joined helper", "writable", "closed", "returned", "writable"]);
  });

  // safety 30
  test("keeps what is written while nobody holds the talk, and it leaves when the next helper has the key", async () => {
    const talk = newTalk({ key });
    accepted();
    talk.say("ensin");
    await until(() => expect(said()).toBe(1));
    server.refusals = { say: Array.from({ length: 9 }, () => new Refused(409, "out_of_state")) };
    talk.say("samalla hetkellä");
    await until(() => expect(server.commands.filter((name) => name === "say").length).toBeGreaterThan(1));
    server.add({ event: "requeued", why: "helper_lost" });
    talk.say("jonossa");
    await settled();
    expect([said(), happened.at(-1)]).toEqual([1, "helper_lost"]);
    server.refusals = {};
    const next = await newDutyKeyPair();
    accepted("next", next.publicKey);
    await until(() => expect(said()).toBe(3));
    expect(texts()).toEqual(["ensin", "samalla hetkellä", "jonossa"]);
    expect(shown.log.querySelector(".message-unsent")).toBeNull();
    expect(server.log.map(({ event }) => event).slice(-4)).toEqual(["accepted", "key", "said", "said"]);
  });

  test("drops an older sealing for a newer one, and takes no answer to it for the newer's", async () => {
    let answer: (() => void) | undefined;
    const call = server.callAs("visitor");
    const slow: Call = async (name, body) => {
      if (name === "key" && (body as Unseated<"key">).answers === 2) {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        throw new Refused(409, "message_differs");
      }
      return await call(name, body);
    };
    const talk = newTalk({ key, call: slow });
    accepted();
    await until(() => expect(answer).toBeDefined());
    returned(await newDutyKeyPair());
    await until(() => expect(happened).toContain("writable"));
    answer?.();
    await settled();
    talk.say("kuulet minua");
    await until(() => expect(said()).toBe(1));
  });

  test("names who said it by how they came in", async () => {
    const nameOf = (helper?: Accepted): string => helper?.names["fi"] ?? "visitor";
    newTalk({ key, nameOf });
    accepted();
    await hear("helper", 1, "Hei.");
    const next = await newDutyKeyPair();
    server.add({ event: "requeued", why: "parked" });
    accepted("next", next.publicKey);
    await hear("next", 1, "Hei taas.");
    const names = (): (string | null)[] =>
      [...shown.log.querySelectorAll("b")].map((element) => element.textContent);
    await until(() => expect(names()).toEqual(["Auttaja helper", "Auttaja next"]));
  });

  // safety 8
  test("keeps sealed what is sent before anybody can read it, so that a reload doesn't lose it", async () => {
    const kept: SealedMessage[][] = [];
    const talk = newTalk({ key, onUnsent: (unsent) => kept.push([...unsent]) });
    server.add({ event: "opened" });
    talk.say("odottaessa");
    await until(() => expect(kept.at(-1)).toHaveLength(1));
    const [{ id, sealed }] = kept.at(-1) as [SealedMessage];
    const { text } = await openMessage(key, { conversation, sender: "visitor", id }, sealed);
    expect([text, server.commands]).toEqual(["odottaessa", []]);
  });

  test("shows what the helper says, and notices what was left out on the way", async () => {
    newTalk({ key });
    accepted();
    await hear("helper", 1, "Hei.");
    await hear("helper", 3, "Oletko siellä?");
    await until(() => expect(texts()).toEqual(["Hei.", "(missing)", "Oletko siellä?"]));
  });

  test("says of a message that it can't open that it can't", async () => {
    newTalk({ key });
    accepted();
    await hear("helper", 1, "Hei.", newConversationKey());
    await hear("helper", 2, "Hei taas.");
    await until(() => expect(texts()).toEqual(["(unreadable)", "Hei taas."]));
  });

  // safety 35
  test("reads what a lost push would have brought, in order", async () => {
    const talk = newTalk({ key });
    accepted();
    server.onEvent = (): void => undefined;
    await hear("helper", 1, "yksi");
    await hear("helper", 2, "kaksi");
    talk.newest(server.log.length);
    await until(() => expect(texts()).toEqual(["yksi", "kaksi"]));
  });

  // safety 8
  test("takes the talk up after a reload: own words too, and what was never acknowledged", async () => {
    const before = newTalk({ key });
    accepted();
    before.say("ennen");
    await until(() => expect(server.log).toHaveLength(4));
    await hear("helper", 1, "vastaus");
    const half = splitKey(key, serverHalf);
    const id = newMessageId();
    const sealed = await sealMessage(key, {
      conversation,
      sender: "visitor",
      id,
      counter: 2,
      text: "matkalla",
    });
    before.forget();

    freshLog();
    const again = newTalk({ key: joinKey(half, serverHalf), unsent: [{ id, sealed }] });
    again.newest(server.log.length);
    again.say("jälkeen");
    await until(() => expect(texts()).toEqual(["ennen", "vastaus", "matkalla", "jälkeen"]));
    await until(() => expect(server.log.filter(({ event }) => event === "said")).toHaveLength(4));
    expect(server.commands.filter((name) => name === "key")).toHaveLength(1);
    const last = server.log.at(-1) as SealedMessage;
    const opened = await openMessage(
      joinKey(half, serverHalf),
      { conversation, sender: "visitor", id: last.id },
      last.sealed,
    );
    expect(opened).toEqual({ counter: 3, text: "jälkeen" });
  });

  test("splits a long text, and loses nothing of it", async () => {
    const talk = newTalk({ key });
    accepted();
    const long = "pitkä kertomus ".repeat(600);
    talk.say(long);
    await until(() => expect(server.log.filter(({ event }) => event === "said").length).toBeGreaterThan(1));
    expect(texts().join("")).toBe(long);
  });

  test("says nothing more after the end, forgets the key, and tells what was never sent", async () => {
    server.refusals = { say: [new Unreachable()] };
    const talk = newTalk({ key });
    accepted();
    await until(() => expect(happened).toContain("writable"));
    talk.say("liian myöhään");
    await until(() => expect(server.commands).toContain("say"));
    server.add({ event: "ending", how: "helper_ended" });
    server.add({ event: "ended", how: "helper_ended" });
    await until(() => expect(happened.at(-1)).toBe("ended"));
    expect(happened).toContain("helper_ended");
    expect(shown.log.querySelector(".message-unsent .message-state")?.textContent).toBe("(failed)");
    await expect(
      sealMessage(key, { conversation, sender: "visitor", id: "x", counter: 9, text: "" }),
    ).rejects.toThrow();
    talk.say("ei enää");
    expect(texts()).toEqual(["liian myöhään"]);
  });

  test("is gone when the server doesn't know it any more", async () => {
    server.refusals = { read: [new Refused(410, "gone")] };
    newTalk({ key }).newest(3);
    await until(() => expect(happened).toEqual(["gone"]));
  });
});
