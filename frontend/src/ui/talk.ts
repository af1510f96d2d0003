/**
 * One conversation in this browser, of a visitor as of a helper. Longer than most files: what is drawn, what is sealed
 * and what leaves hang on one order of events, and whoever asks when a word may leave should find all of it here.
 */
import { type ConversationKey, newMessageId, splitText } from "../crypto/index.js";
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
  type RequeuedWhy,
  type Said,
  type SealedMessage,
} from "../wire/index.js";
import { Envelopes } from "./envelopes.js";
import { type Asking, KeyShare } from "./key-share.js";
import type { ConversationLog } from "./log.js";
import type { UiKey, Words } from "./words.js";

export interface TalkOptions {
  readonly conversation: string;
  /** The code of this browser's person in this conversation. */
  readonly participant: string;
  /** The visitor has the conversation's key; the helper gets it sealed, and can unlock it. */
  readonly key?: ConversationKey;
  readonly unlock?: (sealed: string) => Promise<ConversationKey>;
  /** Sealed before a reload and never acknowledged. */
  readonly unsent?: readonly SealedMessage[];
  readonly call: Call;
  readonly log: ConversationLog;
  readonly words: Words<UiKey>;
  /** The name beside what another one said: a helper's, by how they came in, or the visitor's. */
  readonly nameOf: (helper: Accepted | undefined) => string;
  /** A helper took the conversation; the maker says so in the log, in its own words. */
  readonly onJoined: (event: Accepted) => void;
  /** The same helper is back, without the key; a helper's own talk waits for it as at the acceptance. */
  readonly onReturned: () => void;
  /** Back in the queue: nobody holds the talk any more. A helper is told of one's own talk alone. */
  readonly onRequeued: (why: RequeuedWhy) => void;
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
  readonly #envelopes: Envelopes;
  readonly #share: KeyShare | undefined;
  readonly #helpers = new Map<string, Accepted>();
  #drafts: readonly Draft[] = [];
  /** To whose public key the conversation key has to be sealed; nobody's while the talk waits or ends. */
  #asking: Asking | undefined;
  /** The number of the asking to which it was sealed. */
  #answered = 0;
  /** What a helper's browser can't open yet: the key stands further down in the log. */
  readonly #held: NumberedEvent[] = [];
  /** The number up to which entries have been worked through. */
  #done = 0;
  #isOver = false;
  /** Opening is asynchronous; one after the other keeps the order of the numbers. */
  #work: Promise<void> = Promise.resolve();

  constructor(options: TalkOptions) {
    this.#options = options;
    const { conversation, call, key, log } = options;
    this.#envelopes = new Envelopes(conversation, key);
    const onShared = (number: number): void => {
      this.#shared(number);
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
    this.#then(() => this.#sealDrafts());
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
    this.#envelopes.forgetKey();
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
      if (error instanceof Refused && error.isOver) this.#options.onGone();
    }
  }

  async #deliver(event: NumberedEvent): Promise<void> {
    const isShown = event.event !== "requeued" || this.#isOwnSeat;
    this.#seat(event);
    if (event.event === "key") await this.#keySealed(event);
    else if (this.#waitsForKey(event)) this.#held.push(event);
    else if (isShown) await this.#show(...this.#held.splice(0), event);
    this.#done = event.number;
    await this.#level();
  }

  /** Who sits opposite, and from when on what is written waits until they have the key. */
  #seat(event: NumberedEvent): void {
    if (event.event === "accepted") this.#helpers.set(event.participant, event);
    if (event.event === "accepted" || event.event === "returned") this.#asking = event;
    // At an end too, which may last for two minutes: nothing can be said any more, and no key is asked for.
    if (event.event === "requeued" || event.event === "ending") this.#asking = undefined;
    if (event.event !== "requeued" && event.event !== "returned") return;
    this.#outbox.hold();
    this.#options.onWritable(false);
  }

  /** A helper who comes into a log reads on when the key has come, in order. Not at an end: then none will come. */
  #waitsForKey({ event }: NumberedEvent): boolean {
    if (this.#envelopes.hasKey) return false;
    return event === "said" || (this.#held.length > 0 && (event === "accepted" || event === "returned"));
  }

  /** Always the visitor's; a helper's from the acceptance on. */
  get #isOwnSeat(): boolean {
    const { participant, unlock } = this.#options;
    return !unlock || this.#asking?.participant === participant;
  }

  async #show(...events: readonly NumberedEvent[]): Promise<void> {
    for (const event of events) {
      if (event.event === "said") await this.#said(event);
      else if (event.event === "accepted") this.#options.onJoined(event);
      else if (event.event === "returned") this.#options.onReturned();
      else if (event.event === "requeued") this.#options.onRequeued(event.why);
      else if (event.event === "ending") this.#ending(event.how);
      else if (event.event === "ended") this.#ended(event.how);
    }
  }

  async #keySealed({ recipient, sealed, answers, number }: KeySealed): Promise<void> {
    const { participant, unlock, log, words } = this.#options;
    if (unlock && recipient !== participant) return;
    try {
      if (unlock) this.#envelopes.takeKey(await unlock(sealed));
    } catch {
      // One further up in the log may have been sealed to a key pair that this browser had before.
      if (number === this.#log.position && this.#log.isLevel) log.addEvent(words("unreadable"));
      return;
    }
    this.#shared(answers);
    await this.#show(...this.#held.splice(0));
  }

  #shared(answers: number): void {
    this.#answered = Math.max(this.#answered, answers);
  }

  async #said(event: Said): Promise<void> {
    const { log, nameOf, participant, words } = this.#options;
    const isOwn = event.sender === participant;
    const { text, follows } = await this.#envelopes.open(event.sender, event);
    if (isOwn && log.place(event.id, event.at)) return;
    if (!(follows || isOwn)) log.addEvent(words("missing"));
    const who = isOwn ? words("you") : nameOf(this.#helpers.get(event.sender));
    if (text === undefined) log.addEvent(words("unreadable"));
    else log.add({ who, text, at: event.at, isOwn });
  }

  /** Everything known has been worked through: only now is it sure who has the key and how far one's own counter came. */
  async #level(): Promise<void> {
    if (!this.#isLevel || this.#isOver) return;
    if (this.#asking && !this.#isShared) this.#share?.offer(this.#asking);
    await this.#sealDrafts();
  }

  get #isLevel(): boolean {
    return this.#done > 0 && this.#log.isLevel && this.#done === this.#log.position;
  }

  get #isShared(): boolean {
    return this.#envelopes.hasKey && this.#answered === this.#asking?.number;
  }

  async #sealDrafts(): Promise<void> {
    if (!(this.#isLevel && this.#envelopes.hasKey) || this.#isOver) return;
    if (this.#isShared) {
      this.#options.onWritable(true);
      this.#outbox.open();
    }
    for (let [draft] = this.#drafts; draft; [draft] = this.#drafts) {
      this.#outbox.put(await this.#envelopes.seal(this.#options.participant, draft.id, draft.text));
      this.#drafts = this.#drafts.slice(1);
    }
  }

  /** After a reload: drawn again, and the same bytes go out again. */
  async #takeUp(message: SealedMessage): Promise<void> {
    const { text } = await this.#envelopes.open(this.#options.participant, message);
    if (text === undefined) return;
    this.#options.log.addOwn(message.id, text);
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
