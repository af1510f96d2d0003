import {
  CannotOpen,
  type ConversationKey,
  type DutyKeyPair,
  newMessageId,
  openKey,
  openMessage,
  sealMessage,
  splitText,
} from "../crypto/index.js";
import { Log, Outbox } from "../stream/index.js";
import {
  type Accepted,
  type Call,
  decodeEvent,
  type EndedHow,
  isNumbered,
  type KeySealed,
  type NumberedEvent,
  Refused,
  type Said,
  type SealedMessage,
} from "../wire/index.js";
import { KeyShare } from "./key-share.js";
import type { ConversationLog } from "./log.js";
import type { UiKey, Words } from "./words.js";

export interface TalkOptions {
  readonly conversation: string;
  /** The code of this browser's person in this conversation. */
  readonly participant: string;
  /** The visitor has the conversation's key; the helper has a pair, and gets the key sealed to it. */
  readonly key?: ConversationKey;
  readonly pair?: DutyKeyPair;
  /** Sealed before a reload and never acknowledged. */
  readonly unsent?: readonly SealedMessage[];
  readonly call: Call;
  readonly log: ConversationLog;
  readonly words: Words<UiKey>;
  /** The name beside what another one said. */
  readonly nameOf: (participant: string) => string;
  /** A helper took the conversation; the maker says so in the log, in its own words. */
  readonly onJoined: (event: Accepted) => void;
  /** Whether something can be said now: the key is there and the conversation has not ended. */
  readonly onWritable: (isWritable: boolean) => void;
  readonly onEnding: (how: EndedHow) => void;
  /** The contents are destroyed; so is the key in this browser. */
  readonly onEnded: (how: EndedHow) => void;
  /** The server doesn't know this conversation, or this grant, any more. */
  readonly onGone: () => void;
  readonly onUnsent?: (unsent: readonly SealedMessage[]) => void;
}

interface Draft {
  readonly id: string;
  readonly text: string;
}

/**
 * One conversation in this browser: events in, messages on the screen; texts in, sealed and queued. The key lives in
 * here and nowhere else, and is forgotten at the end.
 */
export class Talk {
  readonly #options: TalkOptions;
  readonly #log: Log;
  readonly #outbox: Outbox;
  /** The last counter of each sender: one left out or repeated on the way is noticed. */
  readonly #counters = new Map<string, number>();
  readonly #hasKey = new Set<string>();
  #key: ConversationKey | undefined;
  #drafts: readonly Draft[] = [];
  #helper: Accepted | undefined;
  readonly #share: KeyShare | undefined;
  /** The number up to which entries have been opened and drawn. */
  #done = 0;
  #isOver = false;
  /** Opening is asynchronous; one after the other keeps the order of the numbers. */
  #work: Promise<void> = Promise.resolve();

  constructor(options: TalkOptions) {
    this.#options = options;
    this.#key = options.key;
    const { conversation, call, key, log } = options;
    const onShared = (recipient: string): void => {
      this.#hasKey.add(recipient);
      this.#then(() => this.#sealDrafts());
    };
    this.#share = key && new KeyShare({ conversation, key, call, onShared });
    this.#log = new Log({
      deliver: (event): void => this.#then(() => this.#deliver(event)),
      ask: (after): void => void this.#read(after),
    });
    this.#outbox = new Outbox({
      send: (messages) => call("say", { conversation, messages }),
      onSent: (id): void => log.mark(id, "sent"),
      onDelayed: (id): void => log.mark(id, "not_sent"),
      onRejected: (id): void => log.mark(id, "failed"),
      onChange: (unsent): void => options.onUnsent?.(unsent),
    });
    for (const message of options.unsent ?? []) this.#then(() => this.#takeUp(message));
  }

  /** How far this browser has come in the log. */
  get position(): number {
    return this.#log.position;
  }

  take(event: NumberedEvent): void {
    this.#log.take(event);
  }

  newest(number: number): void {
    this.#log.newest(number);
  }

  /** The connection is there again. */
  connected(): void {
    this.#outbox.wake();
    this.#share?.wake();
  }

  /** Draws each piece at once; it is sealed and leaves when the key is where it has to be. */
  say(text: string): void {
    if (this.#isOver) return;
    const drafts = splitText(text).map((piece) => ({ id: newMessageId(), text: piece }));
    for (const draft of drafts) this.#options.log.addOwn(draft.id, draft.text);
    this.#drafts = [...this.#drafts, ...drafts];
    this.#then(() => this.#sealDrafts());
  }

  async end(): Promise<void> {
    await this.#options.call("end", { conversation: this.#options.conversation });
  }

  /** At the exit, or when the page goes: nothing more is opened, sealed or sent, and the key is gone. */
  forget(): void {
    this.#isOver = true;
    this.#key?.forget();
    this.#key = undefined;
    this.#drafts = [];
    this.#share?.stop();
    this.#outbox.stop();
  }

  #then(step: () => void | Promise<void>): void {
    this.#work = this.#work
      .then(() => (this.#isOver ? undefined : step()))
      .catch((error: unknown) => {
        // One step that failed must not hold up those after it; a fault of ours still has to be seen.
        if (this.#isOver) return;
        setTimeout(() => {
          throw error;
        });
      });
  }

  async #read(after: number): Promise<void> {
    try {
      const answer = await this.#options.call("read", { conversation: this.#options.conversation, after });
      const events = answer.events.map(decodeEvent).filter((event) => event !== undefined);
      this.#log.answered(events.filter(isNumbered), answer.newest);
      this.#then(() => this.#level());
    } catch (error) {
      // Otherwise the next heartbeat, or the next `hello`, tells that something is missing still.
      this.#log.failed();
      if (error instanceof Refused && (error.status === 410 || error.status === 401)) this.#options.onGone();
    }
  }

  async #deliver(event: NumberedEvent): Promise<void> {
    if (event.event === "accepted") this.#joined(event);
    else if (event.event === "key") await this.#keySealed(event);
    else if (event.event === "said") await this.#said(event);
    else if (event.event === "ending") this.#ending(event.how);
    else if (event.event === "ended") this.#ended(event.how);
    this.#done = event.number;
    await this.#level();
  }

  #joined(event: Accepted): void {
    this.#helper = event;
    this.#options.onJoined(event);
  }

  async #keySealed({ recipient, sealed }: KeySealed): Promise<void> {
    const { conversation, participant, pair } = this.#options;
    this.#hasKey.add(recipient);
    if (!pair || recipient !== participant) return;
    try {
      this.#key = await openKey(pair, { conversation, recipient }, sealed);
    } catch {
      this.#options.log.addEvent(this.#options.words("unreadable"));
    }
  }

  async #said(event: Said): Promise<void> {
    const { log, nameOf, participant, words } = this.#options;
    const isOwn = event.sender === participant;
    const opened = await this.#open(event);
    this.#count(event.sender, opened?.counter ?? this.#counter(event.sender) + 1);
    if (isOwn && log.place(event.id, event.at)) return;
    if (!opened) return log.addEvent(words("unreadable"));
    const who = isOwn ? words("you") : nameOf(event.sender);
    log.add({ who, text: opened.text, at: event.at, isOwn });
  }

  async #open(event: Said): Promise<{ counter: number; text: string } | undefined> {
    if (!this.#key) return undefined;
    try {
      return await openMessage(this.#key, event, event.sealed);
    } catch (error) {
      if (error instanceof CannotOpen) return undefined;
      throw error;
    }
  }

  #counter(sender: string): number {
    return this.#counters.get(sender) ?? 0;
  }

  #count(sender: string, counter: number): void {
    const { log, participant, words } = this.#options;
    const last = this.#counter(sender);
    if (sender !== participant && counter !== last + 1) log.addEvent(words("missing"));
    this.#counters.set(sender, Math.max(last, counter));
  }

  /** Everything known has been worked through: only now is it sure who has the key and how far one's own counter came. */
  async #level(): Promise<void> {
    if (!this.#isLevel || this.#isOver) return;
    if (this.#helper && !this.#hasKey.has(this.#helper.participant)) this.#share?.offer(this.#helper);
    await this.#sealDrafts();
  }

  get #isLevel(): boolean {
    return this.#log.isLevel && this.#done === this.#log.position;
  }

  get #hasPartner(): boolean {
    const { participant, pair } = this.#options;
    return (
      this.#key !== undefined && this.#hasKey.has(pair ? participant : (this.#helper?.participant ?? ""))
    );
  }

  async #sealDrafts(): Promise<void> {
    if (!(this.#isLevel && this.#hasPartner) || this.#isOver) return;
    this.#options.onWritable(true);
    this.#outbox.open();
    for (let [draft] = this.#drafts; draft && this.#key; [draft] = this.#drafts) {
      await this.#seal(this.#key, draft);
      this.#drafts = this.#drafts.slice(1);
    }
  }

  async #seal(key: ConversationKey, { id, text }: Draft): Promise<void> {
    const { conversation, participant: sender } = this.#options;
    const counter = this.#counter(sender) + 1;
    this.#counters.set(sender, counter);
    const sealed = await sealMessage(key, { conversation, sender, id, counter, text });
    if (!this.#isOver) this.#outbox.put({ id, sealed });
  }

  /** After a reload: drawn again, and the same bytes go out again. */
  async #takeUp(message: SealedMessage): Promise<void> {
    const { conversation, participant: sender, log } = this.#options;
    if (!this.#key) return;
    const opened = await openMessage(this.#key, { conversation, sender, id: message.id }, message.sealed);
    this.#counters.set(sender, Math.max(this.#counter(sender), opened.counter));
    log.addOwn(message.id, opened.text);
    this.#outbox.put(message);
  }

  #ending(how: EndedHow): void {
    this.#options.onWritable(false);
    for (const { id } of [...this.#outbox.stop(), ...this.#drafts]) this.#options.log.mark(id, "failed");
    this.#drafts = [];
    this.#options.onEnding(how);
  }

  #ended(how: EndedHow): void {
    this.#ending(how);
    this.forget();
    this.#options.onEnded(how);
  }
}
