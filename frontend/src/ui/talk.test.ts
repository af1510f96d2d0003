// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  type ConversationKey,
  type DutyKeyPair,
  joinKey,
  newConversationKey,
  newDutyKeyPair,
  newMessageId,
  openKey,
  openMessage,
  sealKey,
  sealMessage,
  splitKey,
} from "../crypto/index.js";
import {
  type Body,
  type Call,
  type CommandName,
  type NumberedEvent,
  Refused,
  type SealedMessage,
  Unreachable,
} from "../wire/index.js";
import { type ConversationLog, createConversationLog } from "./log.js";
import { Talk, type TalkOptions } from "./talk.js";
import { createWords } from "./words.js";

const conversation = "talk";
/** Base64url of 32 bytes. */
const serverHalf = `${"h".repeat(42)}g`;
const words = createWords({
  you: "You",
  missing: "(missing)",
  unreadable: "(unreadable)",
  failed: "(failed)",
});
type Unnumbered<Event> = Event extends unknown ? Omit<Event, "conversation" | "number" | "at"> : never;

/** The server between the two: one log with numbers, and the commands that came in. */
class Server {
  readonly log: NumberedEvent[] = [];
  readonly commands: CommandName[] = [];
  refusals: Partial<Record<CommandName, Error[]>> = {};
  onEvent: (event: NumberedEvent) => void = () => undefined;

  callAs(sender: string): Call {
    return async <Name extends CommandName>(name: Name, body: Body<Name>) => {
      this.commands.push(name);
      const refusal = this.refusals[name]?.shift();
      if (refusal) throw refusal;
      return this.#answer(sender, name, body) as never;
    };
  }

  #answer(sender: string, name: CommandName, body: unknown): unknown {
    if (name === "read")
      return { events: this.log.slice((body as Body<"read">).after), newest: this.log.length };
    if (name === "key") {
      const { recipient, sealed } = body as Body<"key">;
      return { numbers: [this.add({ event: "key", recipient, sealed })] };
    }
    const { messages } = body as Body<"say">;
    return { numbers: messages.map((message) => this.add({ event: "said", sender, ...message })) };
  }

  add(event: Unnumbered<NumberedEvent>): number {
    const numbered = { ...event, conversation, number: this.log.length + 1, at: 0 } as NumberedEvent;
    this.log.push(numbered);
    this.onEvent(numbered);
    return numbered.number;
  }
}

let server: Server;
let key: ConversationKey;
let pair: DutyKeyPair;
let shown: ConversationLog;
let happened: string[];

const texts = (): (string | null)[] =>
  [...shown.log.querySelectorAll(".message-text, .message-event")].map((element) => element.textContent);
const until = (check: () => void): Promise<void> => vi.waitFor(check, { interval: 2, timeout: 4000 });

function newTalk(options: Partial<TalkOptions>, who = "visitor"): Talk {
  const talk = new Talk({
    conversation,
    participant: who,
    call: server.callAs(who),
    log: shown,
    words,
    nameOf: (participant) => participant,
    onJoined: ({ participant }) => happened.push(`joined ${participant}`),
    onWritable: (isWritable) => happened.push(isWritable ? "writable" : "closed"),
    onEnding: (how) => happened.push(how),
    onEnded: () => happened.push("ended"),
    onGone: () => happened.push("gone"),
    ...options,
  });
  server.onEvent = (event): void => talk.take(event);
  return talk;
}

function accepted(): void {
  server.add({ event: "opened" });
  server.add({
    event: "accepted",
    participant: "helper",
    role: "professional",
    names: {},
    public_key: pair.publicKey,
  });
}

/** The other side's browser says something. */
async function hear(sender: string, counter: number, text: string, withKey = key): Promise<void> {
  const id = newMessageId();
  const sealed = await sealMessage(withKey, { conversation, sender, id, counter, text });
  server.add({ event: "said", sender, id, sealed });
}

/** jsdom brings byte arrays of its own, which Node's WebCrypto does not take for such. */
function joinRealms(): void {
  const bytes = new TextEncoder().encode("");
  vi.stubGlobal("Uint8Array", bytes.constructor);
  vi.stubGlobal("ArrayBuffer", bytes.buffer.constructor);
}

beforeEach(async () => {
  joinRealms();
  server = new Server();
  key = newConversationKey();
  pair = await newDutyKeyPair();
  shown = createConversationLog(words, "fi");
  happened = [];
});

describe("the visitor's side", () => {
  test("seals the key to the helper before the first word leaves", async () => {
    const talk = newTalk({ key });
    talk.say("typed while waiting");
    await Promise.resolve();
    expect(server.commands).toEqual([]);
    accepted();
    await until(() =>
      expect(server.log.map(({ event }) => event)).toEqual(["opened", "accepted", "key", "said"]),
    );
    const [, , sealed, said] = server.log as [unknown, unknown, Body<"key">, SealedMessage];
    const opened = await openKey(pair, { conversation, recipient: "helper" }, sealed.sealed);
    const message = await openMessage(opened, { conversation, sender: "visitor", id: said.id }, said.sealed);
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

    shown = createConversationLog(words, "fi");
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

describe("the helper's side", () => {
  const unlock = (sealed: string): Promise<ConversationKey> =>
    openKey(pair, { conversation, recipient: "helper" }, sealed);

  test("can't write before the visitor's browser has sealed the key", async () => {
    const talk = newTalk({ unlock }, "helper");
    accepted();
    talk.say("kirjoitettu ennen avainta");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([happened, server.commands]).toEqual([["joined helper"], []]);

    const place = { conversation, recipient: "helper", publicKey: pair.publicKey };
    server.add({ event: "key", recipient: "helper", sealed: await sealKey(key, place) });
    await until(() => expect(server.log.at(-1)).toMatchObject({ event: "said", sender: "helper" }));
    await hear("visitor", 1, "joo");
    await until(() => expect(texts()).toEqual(["kirjoitettu ennen avainta", "joo"]));
    expect(happened).toContain("writable");
  });

  test("says so when the key was sealed to somebody else's browser", async () => {
    newTalk({ unlock }, "helper");
    accepted();
    const other = await newDutyKeyPair();
    const place = { conversation, recipient: "helper", publicKey: other.publicKey };
    server.add({ event: "key", recipient: "helper", sealed: await sealKey(key, place) });
    await until(() => expect(texts()).toEqual(["(unreadable)"]));
    expect(happened).not.toContain("writable");
  });
});
