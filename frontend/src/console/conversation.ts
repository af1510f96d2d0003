/**
 * One conversation on the console: its region, from the acceptance to **Close**. Longer than most files, because log,
 * composer, header and state line change together at four moments (joined, writable, ending, over), and a reader who
 * looks for what a helper can see and do at one of them should find all of it here.
 */
import { type DutyKeyPair, openKey } from "../crypto/index.js";
import {
  type Composer,
  type ConversationLog,
  createComposer,
  createConversationLog,
  h,
  openDialog,
  Talk,
} from "../ui/index.js";
import type { Call, Language, NumberedEvent, Snapshot } from "../wire/index.js";
import { minutesBetween } from "./acceptance.js";
import { type Ending, StateLine, shownEnding } from "./state-line.js";
import type { ConsoleWords } from "./words.js";

/** Also where the browser knows of no pointer, as for somebody who works by keyboard alone; only under a thumb not. */
const ENTER_SENDS = "not all and (pointer: coarse)";

export interface ConversationOptions {
  readonly snapshot: Snapshot;
  /** The N of "Conversation N" on this screen. */
  readonly number: number;
  readonly lineName: string;
  readonly language: Language;
  readonly pair: DutyKeyPair;
  readonly call: Call;
  readonly words: ConsoleWords;
  /** The service's clock, in ms. */
  readonly now: () => number;
  /** It has come to its end, or begun to: the helper may soon take another. */
  readonly onChange: () => void;
  readonly onClose: (conversation: Conversation) => void;
  readonly onProblem: (error: unknown) => void;
}

/** A duty to act may outlive the visitor's exit, so the helper may read on; but not for ever (design: at most 60 min). */
const READABLE_MS = 60 * 60_000;
/** The visitor tells again every five seconds; what is older was lost on the way. */
const TYPING_MS = 10_000;
/** A visitor's browser that is there seals the key within a second or two, also over a poor connection. */
const SILENT_MS = 20_000;
/** No message id looks like this. */
const DRAFT = "draft";

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
  #joinedAt: number | undefined;
  /** Runs while the key is waited for and nothing has been said of the other browser's silence. */
  #silence: ReturnType<typeof setTimeout> | undefined;
  #overAt: number | undefined;
  #isWritable = false;
  #isEnding = false;
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ConversationOptions) {
    const { snapshot, number, words, language, call } = options;
    this.#options = options;
    this.code = snapshot.conversation;
    this.number = number;
    this.#log = createConversationLog(words, language);
    this.#composer = createComposer(words, {
      onSend: (text) => this.#talk.say(text),
      onTyping: (isTyping) => this.#tellTyping(isTyping),
      enterSends: ENTER_SENDS,
    });
    this.#composer.setEnabled(false);
    this.#state = new StateLine(words, () => this.#close());
    this.#end = h(
      "button",
      { class: "button button-small button-quiet", type: "button" },
      words("end_conversation"),
    );
    this.#end.addEventListener("click", () => this.#askToEnd());
    this.#keys = h("p", { class: "conversation-keys" }, words("keys"));
    this.element = this.#region();
    const place = { conversation: this.code, recipient: snapshot.participant };
    this.#talk = new Talk({
      conversation: this.code,
      participant: snapshot.participant,
      unlock: (sealed) => openKey(options.pair, place, sealed),
      call,
      log: this.#log,
      words,
      nameOf: () => words("visitor"),
      onJoined: ({ at }) => this.#joined(at),
      onWritable: (isWritable) => this.#writable(isWritable),
      onEnding: () => this.#ending(),
      onEnded: (how) => this.#over(shownEnding(how)),
      onGone: () => this.#over("over"),
    });
    this.#state.waits("waiting_for_key");
    this.#listenForSilence();
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
    // While this page's own connection was away, the other browser's silence said nothing.
    if (this.#silence !== undefined) this.#listenForSilence();
    this.#talk.connected();
  }

  /** The server holds nothing of it any more, and how it ended was missed. */
  gone(): void {
    if (this.isLive) this.#over("over");
  }

  /** The helper's duty was ended, and this conversation with it. */
  dutyOver(): void {
    if (this.isLive) this.#over("ended_by_service");
  }

  showTyping(isTyping: boolean): void {
    clearTimeout(this.#typing);
    this.#log.showTyping(isTyping && this.isLive ? this.#options.words("visitor_writes") : undefined);
    if (isTyping) this.#typing = setTimeout(() => this.showTyping(false), TYPING_MS);
  }

  /** Time goes on. After the last minute in which it may be read it closes itself. */
  tick(): void {
    const { now, words } = this.#options;
    if (this.isLive && this.#joinedAt !== undefined) {
      const minutes = minutesBetween(this.#joinedAt, now());
      this.#lasted.textContent = minutes === 0 ? "" : ` · ${words("lasted", { minutes })}`;
    }
    if (this.#overAt !== undefined && now() - this.#overAt >= READABLE_MS) this.#close();
  }

  focus(): void {
    this.#composer.focus();
  }

  /** Nothing of it stays: neither on the page nor in memory. */
  forget(): void {
    clearTimeout(this.#typing);
    this.#stopListening();
    this.#talk.forget();
    this.#composer.clear();
    this.element.replaceChildren();
    this.element.remove();
  }

  #region(): HTMLElement {
    const { number, words, lineName, snapshot } = this.#options;
    const name = words("conversation_number", { number });
    const about =
      snapshot.language === "fi" ? lineName : `${lineName} · ${words(`writes_in_${snapshot.language}`)}`;
    const header = h(
      "header",
      { class: "conversation-header" },
      h("div", {}, h("h2", {}, name), h("p", {}, about, this.#lasted)),
      this.#end,
    );
    return h(
      "section",
      { class: "conversation", "aria-label": name },
      header,
      this.#log.element,
      this.#state.element,
      this.#composer.element,
      this.#keys,
    );
  }

  #joined(at: number): void {
    this.#joinedAt = at;
    this.#log.addEvent(this.#options.words("joined"));
    this.tick();
  }

  #writable(isWritable: boolean): void {
    if (this.#isWritable === isWritable || !this.isLive) return;
    this.#isWritable = isWritable;
    this.#composer.setEnabled(isWritable);
    if (!isWritable) return;
    this.#stopListening();
    this.#state.isWell();
  }

  /** Says it once. Should the key come after all, the line falls silent again. */
  #listenForSilence(): void {
    this.#stopListening();
    this.#silence = setTimeout(() => {
      this.#silence = undefined;
      this.#state.waits("visitor_silent");
    }, SILENT_MS);
  }

  #stopListening(): void {
    clearTimeout(this.#silence);
    this.#silence = undefined;
  }

  #ending(): void {
    if (this.#isEnding) return;
    this.#stopWriting();
    this.#state.waits("ending");
    this.#options.onChange();
  }

  /** Safety 7: the helper sees how it ended, a quick exit too, and can write no more. */
  #over(how: Ending): void {
    if (!this.isLive) return;
    this.#overAt = this.#options.now();
    this.#stopWriting();
    this.#state.isOver(how, this.#joinedAt !== undefined);
    this.#talk.forget();
    this.#options.onChange();
  }

  /** What was half written can't be sent any more; it moves up into the log, where it can still be read. */
  #stopWriting(): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#isWritable = false;
    this.#stopListening();
    this.showTyping(false);
    this.#composer.setEnabled(false);
    const draft = this.#composer.draft().trim();
    if (draft) this.#log.addOwn(DRAFT, draft);
    this.#log.mark(DRAFT, "failed");
    this.#composer.clear();
    this.#keys.hidden = true;
    this.#leave(this.#composer.element);
    this.#leave(this.#end);
  }

  /**
   * Hides a part. A focus that was in it goes to the log, where no key does any harm: on **Close** the Enter of
   * somebody who was writing would take the conversation away.
   */
  #leave(part: HTMLElement): void {
    const hadFocus = part.contains(document.activeElement);
    part.hidden = true;
    if (hadFocus) this.#log.element.focus({ preventScroll: true });
  }

  #askToEnd(): void {
    const { words } = this.#options;
    openDialog({
      title: words("end_question"),
      text: words("end_means"),
      yes: words("end"),
      no: words("go_on"),
      onYes: () => void this.#endNow(),
    });
  }

  async #endNow(): Promise<void> {
    try {
      await this.#talk.end();
    } catch (error) {
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
