/** The conversations that are open on this screen, and where each event and snapshot goes. */
import type { DutyKeyPair } from "../crypto/index.js";
import {
  type AnyEvent,
  type Call,
  isNumbered,
  type Language,
  type Presence,
  Refused,
  type Snapshot,
} from "../wire/index.js";
import { Conversation } from "./conversation.js";
import type { LineShown } from "./data.js";
import type { Patience } from "./presence.js";
import type { ConsoleWords } from "./words.js";

export interface DeskOptions {
  readonly place: HTMLElement;
  readonly lines: readonly LineShown[];
  readonly language: Language;
  readonly pair: DutyKeyPair;
  readonly call: Call;
  readonly words: ConsoleWords;
  readonly now: () => number;
  readonly patience: Patience;
  readonly onChange: () => void;
  readonly onProblem: (error: unknown) => void;
  /** A conversation of this duty that this page doesn't know: the answer to its acceptance was lost. */
  readonly onUnknown: () => void;
}

/** What the server says of a conversation that this duty doesn't hold. */
const NOT_HELD = ["gone", "not_yours"];

export class Desk {
  readonly #options: DeskOptions;
  readonly #open = new Map<string, Conversation>();
  /** Gone from the screen, perhaps not yet from the server. */
  readonly #closed = new Set<string>();
  /** What was on the screen when the stream was asked for. */
  #askedWith: ReadonlySet<string> = new Set();
  /** Heard before the conversation came: an answer and a push have no order between them. */
  readonly #early = new Map<string, Presence>();

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** M13: while one can be written in, no other is accepted. */
  get hasOpen(): boolean {
    return [...this.#open.values()].some((conversation) => conversation.isOpen);
  }

  get isEmpty(): boolean {
    return this.#open.size === 0;
  }

  /** How far this browser has come, told to the server with each heartbeat. */
  positions(): Record<string, number> {
    const live = [...this.#open.values()].filter((conversation) => conversation.isLive);
    return Object.fromEntries(live.map(({ code, position }) => [code, position]));
  }

  /** Puts a conversation on the screen, or tells a known one how far it has come. Gives it back unless it is closed. */
  adopt(snapshot: Snapshot): Conversation | undefined {
    const code = snapshot.conversation;
    if (this.#closed.has(code)) {
      void this.#closeThere(code);
      return undefined;
    }
    const known = this.#open.get(code);
    if (known?.hasReturned(snapshot)) return this.#replace(known, snapshot);
    known?.newest(snapshot.newest);
    return known ?? this.#add(snapshot, this.#freeNumber());
  }

  /** What is on the screen now. */
  codes(): ReadonlySet<string> {
    return new Set(this.#open.keys());
  }

  /** The stream is asked for: its `hello` may be made before whatever comes to the screen from here on. */
  asked(): void {
    this.#askedWith = this.codes();
  }

  /**
   * All that the server knew of when it answered. What was on the screen already when it was asked (`askedWith`), and it
   * knows no more, is over. What was accepted meanwhile may be newer than the answer: its own log tells.
   */
  adoptAll(snapshots: readonly Snapshot[], askedWith: ReadonlySet<string>): void {
    const codes = new Set(snapshots.map(({ conversation }) => conversation));
    for (const [code, conversation] of this.#open) {
      const isKnown = codes.has(code);
      if (!isKnown && askedWith.has(code)) conversation.gone();
      else if (!isKnown && conversation.isLive) void this.#ask(conversation);
    }
    for (const snapshot of snapshots) this.adopt(snapshot);
  }

  take(event: AnyEvent): void {
    if (event.event === "hello") {
      this.adoptAll(event.conversations, this.#askedWith);
      for (const conversation of this.#open.values()) conversation.connected();
    } else if (event.event === "heartbeat") {
      for (const [code, number] of Object.entries(event.newest)) this.#heard(code, number);
    } else if (event.event === "presence") {
      this.#placed(event);
    } else if (event.event === "typing") {
      this.#open.get(event.conversation)?.showTyping(event.is_typing);
    } else if (isNumbered(event)) {
      const conversation = this.#open.get(event.conversation);
      if (conversation) conversation.take(event);
      else if (isNews(event)) this.#unknown(event.conversation);
    }
  }

  /** This page's own connection is lost: where anybody is can't be known. */
  lost(): void {
    this.#early.clear();
    for (const conversation of this.#open.values()) conversation.lost();
  }

  /** With a duty its conversations go to others; what was said stays readable here. */
  dutyOver(): void {
    for (const conversation of this.#open.values()) conversation.dutyOver();
  }

  tick(): void {
    for (const conversation of this.#open.values()) conversation.tick();
  }

  /** Nothing of any conversation stays on this screen or in memory. */
  forget(): void {
    for (const conversation of this.#open.values()) conversation.forget();
    this.#open.clear();
    this.#early.clear();
  }

  #add(snapshot: Snapshot, number: number): Conversation {
    const { lines, place, ...rest } = this.#options;
    const line = lines.find(({ code }) => code === snapshot.line);
    const conversation = new Conversation({
      ...rest,
      snapshot,
      number,
      lineName: line?.name ?? "",
      safetyQuestion: line?.safety_questions[snapshot.language] ?? "",
      onClose: (closed) => void this.#close(closed),
    });
    this.#open.set(conversation.code, conversation);
    place.append(conversation.element);
    const presence = this.#early.get(conversation.code);
    this.#early.delete(conversation.code);
    if (presence) conversation.takePresence(presence);
    this.#options.onChange();
    return conversation;
  }

  /** It was put aside, or lost, and this helper has it again: under another participant, so it is read from the start. */
  #replace(known: Conversation, snapshot: Snapshot): Conversation {
    known.forget();
    this.#open.delete(known.code);
    return this.#add(snapshot, known.number);
  }

  /** Of a talk that was let go it is heard only when this helper has it again: what stands here is the old one. */
  #placed(presence: Presence): void {
    const conversation = this.#open.get(presence.conversation);
    if (conversation?.isLive) conversation.takePresence(presence);
    else this.#early.set(presence.conversation, presence);
  }

  /** Its own log tells whether it is still this helper's, and how far it has come. */
  async #ask(conversation: Conversation): Promise<void> {
    const { code, position: after } = conversation;
    try {
      const { newest } = await this.#options.call("read", { conversation: code, after });
      conversation.newest(newest);
    } catch (error) {
      // If it couldn't be asked, the next `hello` tells: by then it was on the screen before.
      if (error instanceof Refused && NOT_HELD.includes(error.code)) conversation.gone();
    }
  }

  #heard(code: string, newest: number): void {
    const conversation = this.#open.get(code);
    if (conversation) conversation.newest(newest);
    else this.#unknown(code);
  }

  #unknown(code: string): void {
    if (!this.#closed.has(code)) this.#options.onUnknown();
  }

  #freeNumber(): number {
    const taken = new Set([...this.#open.values()].map((conversation) => conversation.number));
    let free = 1;
    while (taken.has(free)) free += 1;
    return free;
  }

  /**
   * From the server first, so that what has left the screen is gone. Whatever it answers, nothing stays here. What was
   * let go is another helper's by now, and may come back to this one.
   */
  async #close(conversation: Conversation): Promise<void> {
    const { code } = conversation;
    if (!conversation.isLetGo) {
      this.#closed.add(code);
      await this.#closeThere(code);
    }
    conversation.forget();
    this.#open.delete(code);
    this.#options.onChange();
  }

  /** Refused: it is gone there already. Unreachable: the next `hello` names it again, and it is closed then. */
  async #closeThere(code: string): Promise<void> {
    await this.#options.call("close", { conversation: code }).catch(() => undefined);
  }
}

/** Whether an event of a conversation that isn't here says that this duty has taken one up. */
function isNews({ event }: AnyEvent): boolean {
  return event !== "ended" && event !== "requeued";
}
