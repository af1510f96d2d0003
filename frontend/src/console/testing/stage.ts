/** For the tests of a conversation: the other side and the server between, and the parts of what is shown. */
import { vi } from "vitest";
import {
  type ConversationKey,
  type DutyKeyPair,
  newConversationKey,
  newDutyKeyPair,
  openMessage,
  sealKey,
  sealMessage,
} from "../../crypto/index.js";
import { joinRealms } from "../../crypto/testing/realm.js";
import { createWords } from "../../ui/index.js";
import {
  type Body,
  type Call,
  type CommandName,
  type NumberedEvent,
  type PresenceState,
  type Snapshot,
  Unreachable,
  type Unseated,
} from "../../wire/index.js";
import { Conversation } from "../conversation.js";

export const MINUTE = 60_000;
export const conversation = "talk";
const words = createWords({
  conversation_number: "Conversation {number}",
  waiting_for_key: "Waiting for the visitor's browser.",
  visitor_silent: "No answer.",
  left_quickly: "The visitor left quickly.",
  stays_until_close: "Readable until you close it.",
  nothing_left: "Nothing left to read.",
  helper_ended: "You ended it.",
  visitor_lost: "The visitor was away for too long.",
  parked: "You put it aside.",
  helper_lost: "Your connection was lost for too long.",
  duty_lost: "Your duty ended.",
  over: "It is over.",
  stays_here_until_close: "Readable here.",
  joined: "You answered.",
  joined_after: "{name} was answering here.",
  sealing_again: "A new key.",
  visitor: "Visitor",
  you: "You",
  lasted: "{minutes} min",
  presence_here: "here",
  presence_hidden: "in the background",
  presence_unreachable: "no connection",
  presence_left: "left the page",
  presence_unknown: "not known",
  presence_back: "here again",
  back_after: "Back after {minutes} min.",
  repeat_nothing: "Repeat nothing.",
  safety_question: "Safety question",
  put_aside: "Put aside",
  not_sent: "Trying again.",
  failed: "Was not sent.",
  may_put_aside: "Away for long.",
});

/** The other side and the server between: what the visitor seals and says gets the next number. */
export class Line {
  readonly key: ConversationKey = newConversationKey();
  readonly log: NumberedEvent[] = [];
  readonly said: string[] = [];
  readonly commands: [CommandName, unknown][] = [];
  readonly #counters = new Map<string, number>();
  #asking = 0;

  isAnswering = true;
  /** What the server says to `park`; the number of the event when it agrees. */
  park: () => unknown = () => ({ numbers: [this.log.length + 1] });

  readonly call: Call = async <Name extends CommandName>(name: Name, body: Unseated<Name>) => {
    this.commands.push([name, body]);
    if (!this.isAnswering) throw new Unreachable();
    return (await this.#answer(name, body)) as never;
  };

  async #answer(name: CommandName, body: unknown): Promise<unknown> {
    const newest = this.log.length;
    if (name === "read") return { events: this.#after((body as Body<"read">).after), newest };
    if (name === "say") return this.#take(body as Body<"say">);
    if (name === "park") return this.park();
    return undefined;
  }

  /** What stood before the end is destroyed with it. */
  #after(number: number): NumberedEvent[] {
    return this.isEnded ? this.log.slice(-1) : this.log.slice(number);
  }

  async #take({ messages }: Body<"say">): Promise<{ numbers: number[] }> {
    for (const { id, sealed } of messages) {
      this.said.push((await openMessage(this.key, { conversation, sender: "helper", id }, sealed)).text);
      this.#next({ event: "said", sender: "helper", id, sealed });
    }
    return { numbers: messages.map((_, at) => this.log.length - messages.length + at + 1) };
  }

  opened(): void {
    this.#next({ event: "opened" });
  }

  accepted(pair: DutyKeyPair, participant = "helper", name = "Ammattilainen Kaisa"): void {
    const names = { fi: name };
    const role = "professional" as const;
    this.#asking = this.#next({
      event: "accepted",
      participant,
      role,
      names,
      public_key: pair.publicKey,
    }).number;
  }

  /** The same helper's page has another pair. */
  returned(pair: DutyKeyPair): NumberedEvent {
    const event = this.#next({ event: "returned", participant: "helper", public_key: pair.publicKey });
    this.#asking = event.number;
    return event;
  }

  requeued(why: "helper_lost" | "parked"): NumberedEvent {
    return this.#next({ event: "requeued", why });
  }

  async sealKey({ publicKey }: DutyKeyPair, recipient = "helper"): Promise<NumberedEvent> {
    const sealed = await sealKey(this.key, { conversation, recipient, publicKey });
    return this.#next({ event: "key", recipient, sealed, answers: this.#asking });
  }

  async says(text: string, sender = "visitor"): Promise<NumberedEvent> {
    const counter = (this.#counters.get(sender) ?? 0) + 1;
    this.#counters.set(sender, counter);
    const id = `${sender}-${counter}`;
    const sealed = await sealMessage(this.key, { conversation, sender, id, counter, text });
    return this.#next({ event: "said", sender, id, sealed });
  }

  get isEnded(): boolean {
    return this.log.at(-1)?.event === "ended";
  }

  snapshot(): Snapshot {
    const state = this.isEnded ? "ended" : "active";
    return {
      conversation,
      participant: "helper",
      line: "adults",
      language: "fi",
      state,
      newest: this.log.length,
    };
  }

  ending(how: "visitor_lost"): NumberedEvent {
    return this.#next({ event: "ending", how });
  }

  ended(how: "left_quickly" | "helper_ended"): NumberedEvent {
    return this.#next({ event: "ended", how });
  }

  #next(event: object): NumberedEvent {
    const entry = { conversation, number: this.log.length + 1, at: 1000 * MINUTE, ...event } as NumberedEvent;
    this.log.push(entry);
    return entry;
  }
}

export async function setUp(pair: DutyKeyPair, line: Line) {
  const clock = { now: 1000 * MINUTE };
  const onClose = vi.fn();
  const onProblem = vi.fn();
  const shown = new Conversation({
    snapshot: line.snapshot(),
    number: 1,
    lineName: "Help with violence",
    safetyQuestion: "Voitko kirjoittaa turvassa?",
    language: "en",
    pair,
    call: line.call,
    words,
    now: () => clock.now,
    patience: { back_after: 120, park_after: 600 },
    onChange: vi.fn(),
    onClose,
    onProblem,
  });
  document.body.replaceChildren(shown.element);
  const part = <Kind extends HTMLElement>(selector: string): Kind => {
    const found = shown.element.querySelector<Kind>(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  };
  const button = (name: string) => {
    const found = [...document.querySelectorAll("button")].filter(({ textContent }) => textContent === name);
    return found.filter(({ hidden }) => !hidden).at(-1);
  };
  const placed = (state: PresenceState, since: number, away_ms = 0) =>
    shown.takePresence({
      event: "presence",
      conversation,
      participant: "visitor",
      state,
      since,
      away_ms,
    });
  return {
    shown,
    clock,
    onClose,
    onProblem,
    button,
    placed,
    chip: part(".presence .chip"),
    told: part(".presence [role=status]"),
    input: part<HTMLTextAreaElement>("textarea"),
    composer: part<HTMLFormElement>(".composer"),
    send: part<HTMLButtonElement>(".composer button"),
    log: part("[role=log]"),
    banner: part(".banner"),
    close: part<HTMLButtonElement>(".banner button"),
  };
}

/** A conversation that this helper has just accepted, in an empty page. */
export async function freshlyAccepted() {
  joinRealms();
  const pair = await newDutyKeyPair();
  const line = new Line();
  line.opened();
  line.accepted(pair);
  return { pair, line, parts: await setUp(pair, line) };
}

/** The visitor's browser has sealed the key, and this one has opened it. */
export async function join({ shown, send }: Parts, line: Line, pair: DutyKeyPair): Promise<void> {
  shown.take(await line.sealKey(pair));
  await vi.waitUntil(() => !send.disabled);
}

export type Parts = Awaited<ReturnType<typeof setUp>>;
