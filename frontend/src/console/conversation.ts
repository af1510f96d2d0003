/**
 * One conversation on the console: its region, from the acceptance to **Close**. Longer than most files, because log,
 * composer, header and state line change together at a few moments (joined, writable, ending, over, let go), and a reader who
 * looks for what a helper can see and do at one of them should find all of it here.
 */
import { type DutyKeyPair, openKey } from "../crypto/index.js";
import {
  type Composer,
  type ConversationLog,
  createComposer,
  createConversationLog,
  h,
  Talk,
} from "../ui/index.js";
import {
  type Accepted,
  type Call,
  type Language,
  type NumberedEvent,
  type Presence,
  type SealedMessage,
  type Snapshot,
  Unreachable,
} from "../wire/index.js";
import { endButton } from "./end-button.js";
import { minutesBetween } from "./minutes.js";
import { Parking } from "./parking.js";
import type { Patience } from "./presence.js";
import { drawRegion } from "./region.js";
import { SafetyQuestion } from "./safety-question.js";
import { type Ending, type LetGo, StateLine, shownEnding } from "./state-line.js";
import { VisitorPresence } from "./visitor-presence.js";
import type { ConsoleWords } from "./words.js";

/** Also where the browser knows of no pointer, as for somebody who works by keyboard alone; only under a thumb not. */
const ENTER_SENDS = "not all and (pointer: coarse)";

export interface ConversationOptions {
  readonly snapshot: Snapshot;
  /** The N of "Conversation N" on this screen. */
  readonly number: number;
  readonly lineName: string;
  /** Ready words in the visitor's language, for when they are back after an absence (safety 15). */
  readonly safetyQuestion: string;
  readonly language: Language;
  readonly pair: DutyKeyPair;
  readonly call: Call;
  readonly words: ConsoleWords;
  /** The service's clock, in ms. */
  readonly now: () => number;
  readonly patience: Patience;
  /** It has come to its end, or begun to, or was let go: the helper may soon take another. */
  readonly onChange: () => void;
  readonly onClose: (conversation: Conversation) => void;
  readonly onProblem: (error: unknown) => void;
}

/** A duty to act may outlive the visitor's exit, so the helper may read on; but not for ever (design: at most 60 min). */
const READABLE_MS = 60 * 60_000;
/** No message id looks like this. */
const DRAFT = "draft";
/** Opened and accepted: nothing has been said, so that nothing could be repeated to anybody. */
const FRESH = 2;

export class Conversation {
  readonly code: string;
  readonly number: number;
  readonly element: HTMLElement;
  readonly #options: ConversationOptions;
  readonly #talk: Talk;
  readonly #log: ConversationLog;
  readonly #composer: Composer;
  readonly #lasted = h("span", { class: "numeral" });
  readonly #state: StateLine;
  readonly #end: HTMLButtonElement;
  readonly #keys: HTMLElement;
  readonly #presence: VisitorPresence;
  readonly #safety: SafetyQuestion;
  readonly #parking: Parking;
  /** Who answered before this helper, under the name that is shown. */
  #helperBefore: string | undefined;
  #joinedAt: number | undefined;
  #overAt: number | undefined;
  /** The number at which it was let go; after a later one it may be this helper's again. */
  #letGoAt: number | undefined;
  /** Asked, and no answer came: if it is held no more, it was done. */
  #hasAskedToPark = false;
  #unsent: readonly SealedMessage[] = [];
  #isWritable = false;
  #isEnding = false;

  constructor(options: ConversationOptions) {
    const { snapshot, number, words, language, call, now, patience } = options;
    this.#options = options;
    this.code = snapshot.conversation;
    this.number = number;
    this.#log = createConversationLog(words, language);
    this.#composer = createComposer(words, {
      onSend: (text) => this.#say(text),
      onTyping: (isTyping) => this.#tellTyping(isTyping),
      enterSends: ENTER_SENDS,
    });
    this.#composer.setEnabled(false);
    this.#state = new StateLine(words, () => this.#close());
    this.#end = endButton(words, () => void this.#endNow());
    this.#keys = h("p", { class: "conversation-keys" }, words("keys"));
    this.#presence = new VisitorPresence({
      words,
      now,
      patience,
      onBack: (minutes, isLive) => this.#back(minutes, isLive),
    });
    this.#safety = new SafetyQuestion({ words, question: options.safetyQuestion, composer: this.#composer });
    this.#parking = new Parking(words, () => void this.#park());
    this.element = this.#region();
    const place = { conversation: this.code, recipient: snapshot.participant };
    this.#talk = new Talk({
      conversation: this.code,
      participant: snapshot.participant,
      unlock: (sealed) => openKey(options.pair, place, sealed),
      call,
      log: this.#log,
      words,
      nameOf: (helper) => (helper ? this.#nameOf(helper) : words("visitor")),
      onJoined: (event) => this.#joined(event),
      onRequeued: (why) => this.#letGo(why, this.position),
      onReturned: () => this.#returned(),
      onWritable: (isWritable) => this.#writable(isWritable),
      onEnding: (how) => this.#ending(shownEnding(how)),
      onEnded: (how) => this.#over(shownEnding(how)),
      onGone: () => this.gone(),
      onUnsent: (unsent) => {
        this.#unsent = unsent;
      },
    });
    this.#state.waitsForKey("waiting_for_key");
    this.newest(snapshot.newest);
  }

  /** How far this browser has come in the log. */
  get position(): number {
    return this.#talk.position;
  }

  /** Not over: its events still matter. */
  get isLive(): boolean {
    return this.#overAt === undefined;
  }

  /** It goes on without this helper, so that it isn't theirs to close on the server. */
  get isLetGo(): boolean {
    return this.#letGoAt !== undefined;
  }

  /** Whether a snapshot says that it was let go and is this helper's again. */
  hasReturned({ state, newest }: Snapshot): boolean {
    return state === "active" && this.#letGoAt !== undefined && newest > this.#letGoAt;
  }

  /** The visitor can still be written to: one's hands are full (M13). */
  get isOpen(): boolean {
    return this.isLive && !this.#isEnding;
  }

  take(event: NumberedEvent): void {
    if (this.isLive) this.#talk.take(event);
  }

  newest(number: number): void {
    if (this.isLive) this.#talk.newest(number);
  }

  connected(): void {
    this.#state.connected();
    this.#talk.connected();
  }

  /** Where the visitor is. */
  takePresence(presence: Presence): void {
    if (!this.isLive) return;
    this.#presence.take(presence);
    this.#offerParking();
  }

  /** This page's own connection is lost. */
  lost(): void {
    if (!this.isLive) return;
    this.#presence.lost();
    this.#offerParking();
  }

  /** The server holds nothing of it any more, and how it ended was missed. */
  gone(): void {
    if (this.#hasAskedToPark) this.#letGo("parked", this.position);
    else this.#over("over");
  }

  /** The helper's duty is over. What had not begun to end is another helper's, if the visitor was still there. */
  dutyOver(): void {
    if (this.isOpen) this.#letGo("duty_lost", this.position);
    else this.gone();
  }

  showTyping(isTyping: boolean): void {
    this.#log.showTyping(isTyping && this.isLive ? this.#options.words("visitor_writes") : undefined);
  }

  /** Time goes on. After the last minute in which it may be read it closes itself. */
  tick(): void {
    const { now, words } = this.#options;
    if (this.isLive && this.#joinedAt !== undefined) {
      const minutes = minutesBetween(this.#joinedAt, now());
      this.#lasted.textContent = minutes === 0 ? "" : ` · ${words("lasted", { minutes })}`;
    }
    if (this.isLive) {
      this.#presence.tick();
      this.#offerParking();
    }
    if (this.#overAt !== undefined && now() - this.#overAt >= READABLE_MS) this.#close();
  }

  focus(): void {
    this.#composer.focus();
  }

  /** Nothing of it stays: neither on the page nor in memory. */
  forget(): void {
    this.showTyping(false);
    this.#state.forget();
    this.#talk.forget();
    this.#safety.forget();
    this.#composer.clear();
    this.element.replaceChildren();
    this.element.remove();
  }

  #region(): HTMLElement {
    const { number, words, lineName, snapshot } = this.#options;
    const name = words("conversation_number", { number });
    const about =
      snapshot.language === "fi" ? lineName : `${lineName} · ${words(`writes_in_${snapshot.language}`)}`;
    const offers = [this.#parking.offer.element, this.#safety.offer.element];
    return drawRegion({
      name,
      about,
      lasted: this.#lasted,
      presence: this.#presence.element,
      end: this.#end,
      body: [this.#log.element, this.#state.element, ...offers, this.#composer.element, this.#keys],
    });
  }

  /** A log that another helper began says so where this one comes in: the words above were to them (safety 15). */
  #joined(event: Accepted): void {
    const { words, snapshot } = this.#options;
    const name = this.#nameOf(event);
    if (event.participant !== snapshot.participant) {
      this.#helperBefore = name;
      return;
    }
    this.#joinedAt = event.at;
    if (this.#helperBefore) this.#log.addEvent(words("joined_after", { name: this.#helperBefore }));
    this.#log.addEvent(words("joined"));
    this.tick();
  }

  /** This browser lost its key: as at the acceptance, the visitor's browser is waited for. */
  #returned(): void {
    if (!this.isOpen) return;
    this.#isWritable = false;
    this.#composer.setEnabled(false);
    this.#state.waitsForKey("sealing_again");
  }

  #nameOf({ names }: Accepted): string {
    return names[this.#options.language] ?? names["fi"] ?? "";
  }

  #say(text: string): void {
    this.#talk.say(text);
    this.#safety.said();
  }

  /** Safety 15. Seen as it happened it stands in the log; after a reload only where the helper writes. */
  #back(minutes: number, isLive: boolean): void {
    const { words, snapshot } = this.#options;
    if (!(this.isOpen && (isLive || snapshot.newest > FRESH))) return;
    if (isLive) this.#log.addEvent(words("back_after", { minutes }));
    this.#safety.suggest(minutes);
  }

  #offerParking(): void {
    const { offer } = this.#parking;
    if (this.isOpen && this.#presence.mayPark) this.#parking.suggest();
    else if (offer.isShown) this.#leave(offer.element, () => offer.withdraw());
  }

  #writable(isWritable: boolean): void {
    if (this.#isWritable === isWritable || !this.isLive) return;
    this.#isWritable = isWritable;
    this.#composer.setEnabled(isWritable);
    if (isWritable) this.#state.isWell();
  }

  #ending(how: Ending): void {
    if (this.#isEnding) return;
    this.#stopWriting();
    this.#state.isEnding(how);
    this.#options.onChange();
  }

  /** Safety 7: the helper sees how it ended, a quick exit too, and can write no more. */
  #over(how: Ending): void {
    if (!this.isLive) return;
    this.#overAt = this.#options.now();
    this.#presence.over();
    this.#stopWriting();
    // Nobody tries again: what was not acknowledged must not say so any longer.
    for (const { id } of this.#unsent) this.#log.mark(id, "failed");
    this.#state.isOver(how, this.#joinedAt !== undefined);
    this.#talk.forget();
    this.#options.onChange();
  }

  /** The talk goes on, but not with this helper. What stands here stays readable, as after an end. */
  #letGo(why: LetGo, number: number): void {
    if (!this.isLive) return;
    this.#letGoAt = number;
    this.#over(why);
  }

  /** What was half written can't be sent any more; it moves up into the log, where it can still be read. */
  #stopWriting(): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#isWritable = false;
    this.showTyping(false);
    this.#composer.setEnabled(false);
    const drafts = [this.#composer.draft().trim(), this.#safety.kept].filter((text) => text !== "");
    if (drafts.length > 0) this.#log.addOwn(DRAFT, drafts.join("\n\n"));
    this.#log.mark(DRAFT, "failed");
    this.#composer.clear();
    this.#keys.hidden = true;
    this.#leave(this.#composer.element);
    this.#leave(this.#end);
    this.#offerParking();
    this.#leave(this.#safety.offer.element, () => this.#safety.forget());
  }

  /**
   * Hides a part. A focus that was in it goes to the log, where no key does any harm: on **Close** the Enter of
   * somebody who was writing would take the conversation away.
   */
  #leave(part: HTMLElement, withdraw?: () => void): void {
    const hadFocus = part.contains(document.activeElement);
    if (withdraw) withdraw();
    else part.hidden = true;
    if (hadFocus) this.#log.element.focus({ preventScroll: true });
  }

  async #endNow(): Promise<void> {
    try {
      await this.#talk.end();
    } catch (error) {
      this.#options.onProblem(error);
    }
  }

  async #park(): Promise<void> {
    try {
      const { numbers } = await this.#options.call("park", { conversation: this.code });
      this.#letGo("parked", Math.max(this.position, ...numbers));
    } catch (error) {
      this.#hasAskedToPark = error instanceof Unreachable;
      this.#options.onProblem(error);
    }
  }

  /** It leaves the screen when the server has answered. */
  #close(): void {
    if (this.#state.closes()) this.#options.onClose(this);
  }

  #tellTyping(isTyping: boolean): void {
    if (!this.#isWritable) return;
    // Lost typing does no harm.
    this.#options.call("typing", { conversation: this.code, is_typing: isTyping }).catch(() => undefined);
  }
}
