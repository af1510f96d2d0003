/** For tests alone: two sides of one talk, with the server between them, and what is on the screen. */
import { beforeEach, vi } from "vitest";
import {
  type ConversationKey,
  type DutyKeyPair,
  newConversationKey,
  newDutyKeyPair,
  newMessageId,
  sealKey,
  sealMessage,
} from "../../crypto/index.js";
import { joinRealms } from "../../crypto/testing/realm.js";
import type { Call, CommandName, NumberedEvent, Unseated } from "../../wire/index.js";
import { type ConversationLog, createConversationLog } from "../log.js";
import { Talk, type TalkOptions } from "../talk.js";
import { createWords } from "../words.js";

export const conversation = "talk";
/** Base64url of 32 bytes. */
export const serverHalf = `${"h".repeat(42)}g`;
export const words = createWords({
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
    return async <Name extends CommandName>(name: Name, body: Unseated<Name>) => {
      this.commands.push(name);
      const refusal = this.refusals[name]?.shift();
      if (refusal) throw refusal;
      return this.#answer(sender, name, body) as never;
    };
  }

  #answer(sender: string, name: CommandName, body: unknown): unknown {
    if (name === "read")
      return { events: this.log.slice((body as Unseated<"read">).after), newest: this.log.length };
    if (name === "key") {
      const { recipient, sealed, answers } = body as Unseated<"key">;
      return { numbers: [this.add({ event: "key", recipient, sealed, answers })] };
    }
    const { messages } = body as Unseated<"say">;
    return { numbers: messages.map((message) => this.add({ event: "said", sender, ...message })) };
  }

  add(event: Unnumbered<NumberedEvent>): number {
    const numbered = { ...event, conversation, number: this.log.length + 1, at: 0 } as NumberedEvent;
    this.log.push(numbered);
    this.onEvent(numbered);
    return numbered.number;
  }
}

export let server: Server;
export let key: ConversationKey;
export let pair: DutyKeyPair;
export let shown: ConversationLog;
export let happened: string[];

export const texts = (): (string | null)[] =>
  [...shown.log.querySelectorAll(".message-text, .message-event")].map((element) => element.textContent);
export const until = (check: () => void): Promise<void> => vi.waitFor(check, { interval: 2, timeout: 4000 });

/** Another log on the screen, as after a reload. */
export function freshLog(): void {
  shown = createConversationLog(words, "fi");
}

export function newTalk(options: Partial<TalkOptions>, who = "visitor"): Talk {
  const talk = new Talk({
    conversation,
    participant: who,
    call: server.callAs(who),
    log: shown,
    words,
    nameOf: (helper) => helper?.participant ?? "visitor",
    onJoined: ({ participant }) => happened.push(`joined ${participant}`),
    onReturned: () => happened.push("returned"),
    onRequeued: (why) => happened.push(why),
    onWritable: (isWritable) => happened.push(isWritable ? "writable" : "closed"),
    onEnding: (how) => happened.push(how),
    onEnded: () => happened.push("ended"),
    onGone: () => happened.push("gone"),
    ...options,
  });
  server.onEvent = (event): void => talk.take(event);
  return talk;
}

export function accepted(participant = "helper", publicKey = pair.publicKey): number {
  if (server.log.length === 0) server.add({ event: "opened" });
  return server.add({
    event: "accepted",
    participant,
    role: "professional",
    names: { fi: `Auttaja ${participant}` },
    public_key: publicKey,
  });
}

/** The same helper's page has lost its keys. */
export function returned(newPair: DutyKeyPair): number {
  return server.add({ event: "returned", participant: "helper", public_key: newPair.publicKey });
}

/** The visitor's browser seals the key to somebody. */
export async function seal(recipient: string, publicKey: string, answers: number): Promise<void> {
  const sealed = await sealKey(key, { conversation, recipient, publicKey });
  server.add({ event: "key", recipient, sealed, answers });
}

export const said = (): number => server.log.filter(({ event }) => event === "said").length;
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/** The other side's browser says something. */
export async function hear(sender: string, counter: number, text: string, withKey = key): Promise<void> {
  const id = newMessageId();
  const sealed = await sealMessage(withKey, { conversation, sender, id, counter, text });
  server.add({ event: "said", sender, id, sealed });
}

/** Each test begins with a new server, new keys and an empty log. */
export function freshForEach(): void {
  beforeEach(fresh);
}

async function fresh(): Promise<void> {
  joinRealms();
  server = new Server();
  key = newConversationKey();
  pair = await newDutyKeyPair();
  shown = createConversationLog(words, "fi");
  happened = [];
}
