import type { ConversationKey } from "../crypto/index.js";
import { joinKey, newConversationKey, splitKey } from "../crypto/index.js";
import { Backoff, openStream, type Stream, type StreamState } from "../stream/index.js";
import { type ConversationLog, Talk } from "../ui/index.js";
import {
  type Accepted,
  type AnyEvent,
  type ConversationState,
  type EndedHow,
  isNumbered,
  type Language,
  type NumberedEvent,
  post,
  type Queue,
  Refused,
  type Writing,
} from "../wire/index.js";
import { type Kept, keep, wipe } from "./memory.js";
import type { WidgetWords } from "./words.js";

/** What happens to a visitor's conversation, for the screen to show. */
export interface VisitEvents {
  readonly onPlace: (place: number) => void;
  readonly onJoined: (event: Accepted) => void;
  readonly onTyping: (isTyping: boolean) => void;
  readonly onConnection: (isThere: boolean) => void;
  /** Nothing new can be said from here on; both sides fetch what is left. */
  readonly onEnding: (how: EndedHow) => void;
  /** The key is forgotten and the storage wiped, for whatever reason. Before `onGone` and `onFailed`. */
  readonly onOver: () => void;
  /** Nothing of it is left, and perhaps has not been for long. */
  readonly onGone: () => void;
  readonly onFailed: () => void;
}

/** What shows a visit: the events go to it, and the texts into its log. */
export interface VisitSurface extends VisitEvents {
  readonly log: ConversationLog;
  readonly words: WidgetWords;
  readonly language: Language;
}

export interface Entry {
  readonly line: string;
  readonly language: Language;
  readonly wants_professional: boolean;
}

/** What a visit begins with; until it begins nothing is stored and no stream is open. */
export interface Beginning {
  readonly kept: Kept;
  readonly key: ConversationKey;
  readonly state: ConversationState;
}

/** Enters the queue of a line. Throws `Refused` and `Unreachable`. */
export async function enter(entry: Entry): Promise<Beginning> {
  const opened = await post("open", entry);
  const key = newConversationKey();
  const kept: Kept = {
    grant: opened.grant,
    exitGrant: opened.exit_grant,
    half: splitKey(key, opened.half_key),
    conversation: opened.conversation,
    participant: opened.participant,
    line: entry.line,
    unsent: [],
  };
  return { kept, key, state: "waiting" };
}

/** Takes up a talk that this page had before it was loaded anew. Throws `Refused` (410: it is over) and `Unreachable`. */
export async function resume(kept: Kept): Promise<Beginning> {
  const answer = await post("resume", {}, kept.grant);
  const key = joinKey(kept.half, answer.half_key);
  return { kept: { ...kept, exitGrant: answer.exit_grant }, key, state: answer.snapshot.state };
}

/** One conversation of a visitor in this browser: its grant, its stream, its talk. */
export class Visit {
  readonly #surface: VisitSurface;
  readonly #talk: Talk;
  readonly #stream: Stream;
  readonly #backoff = new Backoff();
  #kept: Kept;
  #helper: Accepted | undefined;
  #isOver = false;

  constructor({ kept, key }: Beginning, surface: VisitSurface) {
    this.#kept = kept;
    this.#surface = surface;
    this.#keep(kept.unsent);
    this.#talk = new Talk({
      conversation: kept.conversation,
      participant: kept.participant,
      key,
      unsent: kept.unsent,
      call: (name, body) => post(name, body, kept.grant),
      log: surface.log,
      words: surface.words,
      nameOf: (): string => this.helperName ?? surface.words("helper"),
      onJoined: (event): void => {
        this.#helper = event;
        surface.onJoined(event);
      },
      onWritable: (): void => undefined,
      onEnding: (how): void => surface.onEnding(how),
      onEnded: (): void => this.forget(),
      onGone: (): void => this.#gone(),
      onUnsent: (unsent): void => this.#keep(unsent),
    });
    this.#stream = openStream({
      grant: () => kept.grant,
      positions: () => ({ [kept.conversation]: this.#talk.position }),
      onEvent: (event): void => this.#take(event),
      onState: (state): void => this.#connection(state),
    });
  }

  /** Can end the talk and read nothing; there is none when there is no talk. */
  get exitGrant(): string | undefined {
    return this.#isOver ? undefined : this.#kept.exitGrant;
  }

  /** The name that the helper shows, in the page's language (M7). */
  get helperName(): string | undefined {
    return this.#helper?.names[this.#surface.language];
  }

  say(text: string): void {
    this.#talk.say(text);
  }

  typing(isTyping: boolean): void {
    const body = { conversation: this.#kept.conversation, is_typing: isTyping };
    // Lost without harm.
    post("typing", body, this.#kept.grant).catch(() => undefined);
  }

  /** Ends the talk, or leaves the queue; tries until the server has heard it. */
  async end(): Promise<void> {
    while (!this.#isOver) {
      try {
        await this.#talk.end();
        return;
      } catch (error) {
        // Out of state: somebody else ended it, and the stream says so.
        if (error instanceof Refused && !error.isPassing) return;
        await this.#backoff.pause();
      }
    }
  }

  /**
   * After the browser put the page away and took it out again: whether the talk is still there. Only the server's yes
   * counts, however long it takes: the talk may have been left elsewhere meanwhile (safety 9).
   */
  async isStillThere(): Promise<boolean> {
    while (!this.#isOver) {
      try {
        await post("resume", {}, this.#kept.grant);
        return true;
      } catch (error) {
        if (error instanceof Refused && !error.isPassing) return false;
        await this.#backoff.pause();
      }
    }
    return false;
  }

  /** Nothing of it stays: no key, no stream, nothing in the storage. What is on the screen is the screen's. */
  forget(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    wipe();
    this.#talk.forget();
    this.#stream.close();
    this.#backoff.wake();
    this.#surface.onOver();
  }

  #take(event: AnyEvent): void {
    const { conversation } = this.#kept;
    if (event.event === "hello") {
      const ours = event.conversations.find((snapshot) => snapshot.conversation === conversation);
      if (ours) this.#talk.newest(ours.newest);
    } else if (event.event === "heartbeat") {
      this.#talk.newest(event.newest[conversation] ?? 0);
    } else if ("conversation" in event && event.conversation === conversation) {
      this.#happened(event);
    }
  }

  #happened(event: NumberedEvent | Queue | Writing): void {
    if (isNumbered(event)) this.#talk.take(event);
    else if (event.event === "queue") this.#surface.onPlace(event.place);
    else if (event.participant !== this.#kept.participant) this.#surface.onTyping(event.is_typing);
  }

  #connection(state: StreamState): void {
    if (this.#isOver || state === "connecting") return;
    if (state === "open") this.#talk.connected();
    if (state === "open") this.#backoff.wake();
    if (state === "open" || state === "lost") this.#surface.onConnection(state === "open");
    else if (state === "refused") this.#failed();
    else this.#gone();
  }

  #gone(): void {
    if (this.#isOver) return;
    this.forget();
    this.#surface.onGone();
  }

  #failed(): void {
    this.forget();
    this.#surface.onFailed();
  }

  #keep(unsent: Kept["unsent"]): void {
    if (this.#isOver) return;
    this.#kept = { ...this.#kept, unsent };
    keep(this.#kept);
  }
}
