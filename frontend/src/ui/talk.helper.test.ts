// @vitest-environment jsdom
import { describe, expect, test } from "vitest";
import { type ConversationKey, newDutyKeyPair, openKey } from "../crypto/index.js";
import type { Accepted } from "../wire/index.js";
import {
  accepted,
  conversation,
  freshForEach,
  happened,
  hear,
  newTalk,
  pair,
  returned,
  said,
  seal,
  server,
  settled,
  texts,
  until,
} from "./testing/talk.js";

freshForEach();

describe("the helper's side", () => {
  const unlock = (sealed: string): Promise<ConversationKey> =>
    openKey(pair, { conversation, recipient: "helper" }, sealed);

  test("can't write before the visitor's browser has sealed the key", async () => {
    const talk = newTalk({ unlock }, "helper");
    accepted();
    talk.say("kirjoitettu ennen avainta");
    await settled();
    expect([happened, server.commands]).toEqual([["joined helper"], []]);

    await seal("helper", pair.publicKey, 2);
    await until(() => expect(server.log.at(-1)).toMatchObject({ event: "said", sender: "helper" }));
    await hear("visitor", 1, "joo");
    await until(() => expect(texts()).toEqual(["kirjoitettu ennen avainta", "joo"]));
    expect(happened).toContain("writable");
  });

  test("can't write any more from the ending on, however long the end takes", async () => {
    newTalk({ unlock }, "helper");
    accepted();
    await seal("helper", pair.publicKey, 2);
    await until(() => expect(happened).toContain("writable"));
    server.add({ event: "ending", how: "visitor_lost" });
    await until(() => expect(happened).toContain("visitor_lost"));
    await settled();
    expect(happened.slice(happened.lastIndexOf("closed"))).toEqual(["closed", "visitor_lost"]);
  });

  test("says so when the key was sealed to somebody else's browser", async () => {
    newTalk({ unlock }, "helper");
    accepted();
    const other = await newDutyKeyPair();
    await seal("helper", other.publicKey, 2);
    await until(() => expect(texts()).toEqual(["(unreadable)"]));
    expect(happened).not.toContain("writable");
  });

  // safety 30
  test("reads on with the key that is sealed anew, in order, after its own keys were lost", async () => {
    accepted();
    await seal("helper", pair.publicKey, 2);
    await hear("visitor", 1, "ennen");
    const newPair = await newDutyKeyPair();
    const asked = returned(newPair);
    const talk = newTalk(
      { unlock: (sealed) => openKey(newPair, { conversation, recipient: "helper" }, sealed) },
      "helper",
    );
    talk.newest(server.log.length);
    await settled();
    expect([texts(), happened.includes("writable")]).toEqual([[], false]);
    await seal("helper", newPair.publicKey, asked);
    await hear("visitor", 2, "jälkeen");
    await until(() => expect(texts()).toEqual(["ennen", "jälkeen"]));
    expect(happened.at(-1)).toBe("writable");
  });

  // safety 30
  test("reads all that was said before it took the talk, in order, and by whom", async () => {
    const names: string[] = [];
    accepted();
    await seal("helper", pair.publicKey, 2);
    await hear("visitor", 1, "yksi");
    await hear("helper", 1, "kaksi");
    server.add({ event: "requeued", why: "helper_lost" });
    const next = await newDutyKeyPair();
    const asked = accepted("next", next.publicKey);
    const nameOf = (helper?: Accepted): string => {
      const name = helper?.participant ?? "visitor";
      names.push(name);
      return name;
    };
    const talk = newTalk(
      { nameOf, unlock: (sealed) => openKey(next, { conversation, recipient: "next" }, sealed) },
      "next",
    );
    talk.newest(server.log.length);
    await settled();
    expect(texts()).toEqual([]);
    await seal("next", next.publicKey, asked);
    await until(() => expect(texts()).toEqual(["yksi", "kaksi"]));
    expect(names).toEqual(["visitor", "helper"]);
    expect(happened.filter((what) => what !== "closed")).toEqual([
      "joined helper",
      "joined next",
      "writable",
    ]);
    talk.say("kolme");
    await until(() => expect(texts().at(-1)).toBe("kolme"));
    await until(() => expect(said()).toBe(3));
  });

  test.each([
    ["the talk was taken from it", { event: "requeued", why: "helper_lost" }, "helper_lost"],
    ["the talk ends", { event: "ending", how: "visitor_lost" }, "visitor_lost"],
  ] as const)("is told at once that %s, and shows what it could never open", async (_, event, told) => {
    newTalk({ unlock }, "helper");
    accepted();
    await hear("visitor", 1, "kuuleeko kukaan");
    server.add(event);
    await until(() => expect(happened.at(-1)).toBe(told));
    expect(texts()).toEqual(["(unreadable)"]);
  });
});
