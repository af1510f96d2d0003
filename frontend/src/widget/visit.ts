import type { ConversationKey } from "../crypto/index.js";
import { joinKey, newConversationKey, newMessageId, splitKey } from "../crypto/index.js";
import { Backoff, openStream, type Stream, type StreamState } from "../stream/index.js";
import { type ConversationLog, Talk } from "../ui/index.js";
import {
  type Accepted,
  type AnyEvent,
  type Body,
  type Call,
  type ConversationState,
  type EndedHow,
  isNumbered,
  type Language,
  type NumberedEvent,
  type Presence,
  post,
  type Queue,
  Refused,
  type RequeuedWhy,
  type Writing,
} from "../wire/index.js";
import { type Kept, keep, wipe } from "./memory.js";
import type { WidgetWords } from "./words.js";

/** What shows a visit: the events go to it, and the texts into its log. */
export interface VisitSurface {
  readonly log: ConversationLog;
  readonly words: WidgetWords;
  readonly language: Language;
  readonly onPlace: (place: number) => void;
  readonly onJoined: (event: Accepted) => void;
  readonly onReturned: () => void;
  /** Back at the front of the queue, with all that was written. */
  readonly onRequeued: (why: RequeuedWhy) => void;
  readonly onTyping: (isTyping: boolean) => void;
  readonly onConnection: (isThere: boolean) => void;
  /** Whether the helper's browser answers. */
  readonly onHelper: (isThere: boolean) => void;
  /** Nothing new can be said from here on; both sides fetch what is left. */
  readonly onEnding: (how: EndedHow) => void;
}

/** Nothing is left of it; something is wrong that waiting doesn't mend; another page has taken it up. */
export type Final = "gone" | "failed" | "elsewhere";

export interface VisitHooks {
  /** The key is forgotten and the storage wiped, for whatever reason. Before `onFinal`. */
  readonly onOver: () => void;
  readonly onFinal: (what: Final) => void;
}

/** What a visit begins with; until it begins nothing is stored and no stream is open. */
export interface Beginning {
  readonly kept: Kept;
  readonly key: ConversationKey;
  readonly epoch: number;
  readonly state: ConversationState;
}

export type Entry = Body<"open">;

/** One press of Start. Sent again after a lost answer it is the same conversation. */
export function newEntry(about: Omit<Entry, "entry">): Entry {
  return { ...about, entry: newMessageId() };
}

/** Enters the queue of a line. Throws `Refused` and `Unreachable`. */
export async function enter(entry: Entry): Promise<Beginning> {
  const { grant, exit_grant, half_key, conversation, participant, epoch } = await post("open", entry);
  const key = newConversationKey();
  const half = splitKey(key, half_key);
  const kept = { grant, exit_grant, half, conversation, participant, line: entry.line, unsent: [] };
  return { kept, key, epoch, state: "waiting" };
}

/** Takes up, in this page, a talk that another one had before. Throws `Refused` (410: it is over) and `Unreachable`. */
export async function resume(kept: Kept, page: string): Promise<Beginning> {
  const { exit_grant, half_key, epoch, snapshot } = await post("resume", { page }, kept.grant);
  return { kept: { ...kept, exit_grant }, key: joinKey(kept.half, half_key), epoch, state: snapshot.state };
}

/** One conversation of a visitor in this browser: its grant, its stream, its talk. */
export class Visit {
  readonly #surface: VisitSurface;
  readonly #hooks: VisitHooks;
  readonly #call: Call;
  readonly #talk: Talk;
  readonly #stream: Stream;
  readonly #backoff = new Backoff();
  #kept: Kept;
  #isEnding = false;
  #isOver = false;

  constructor({ kept, key, epoch }: Beginning, surface: VisitSurface, hooks: VisitHooks) {
    this.#kept = kept;
    this.#surface = surface;
    this.#hooks = hooks;
    const { conversation, participant, grant, unsent } = kept;
    // The epoch lives in this page's memory alone: a page that is loaded anew takes over by `resume`.
    this.#call = (name, body) => post(name, { ...body, epoch } as never, grant);
    this.#keep(unsent);
    this.#talk = new Talk({
      conversation,
      participant,
      key,
      unsent,
      call: this.#call,
      log: surface.log,
      words: surface.words,
      nameOf: (helper): string => helper?.names[surface.language] ?? surface.words("helper"),
      onJoined: surface.onJoined,
      onReturned: surface.onReturned,
      onRequeued: surface.onRequeued,
      onWritable: (): void => undefined,
      onEnding: (how): void => {
        this.#isEnding = true;
        surface.onEnding(how);
      },
      onEnded: (): void => this.forget(),
      onGone: (): void => this.#final("gone"),
      onUnsent: (left): void => this.#keep(left),
    });
    this.#stream = openStream({
      grant: () => grant,
      epoch: () => epoch,
      positions: () => this.#positions(),
      onEvent: (event): void => this.#take(event),
      onState: (state): void => this.#connection(state),
    });
  }

  say(text: string): void {
    this.#talk.say(text);
  }

  typing(isTyping: boolean): void {
    // Lost without harm.
    this.#call("typing", { conversation: this.#kept.conversation, is_typing: isTyping }).catch(
      () => undefined,
    );
  }

  /** Ends the talk, or leaves the queue. If somebody else ended it meanwhile, the stream says so. */
  async end(): Promise<void> {
    await this.#insist(() => this.#talk.end());
  }

  /**
   * After the browser put the page away and took it out again: whether the talk is still there, and this page's. Only
   * the server's yes counts, however long it takes: the talk may have been left elsewhere meanwhile (safety 9).
   */
  isStillThere(): Promise<boolean> {
    return this.#insist(() => this.#call("here", { positions: this.#positions() }));
  }

  /** Nothing of it stays: no key, no stream, nothing in the storage. What is on the screen is the screen's. */
  forget(): void {
    if (this.#isOver) return;
    this.#letGo();
    wipe();
    this.#hooks.onOver();
  }

  #letGo(): void {
    this.#isOver = true;
    this.#talk.forget();
    this.#stream.close();
    this.#backoff.wake();
  }

  /** Tries until the server has answered: yes or no. */
  async #insist(act: () => Promise<unknown>): Promise<boolean> {
    while (!this.#isOver) {
      try {
        await act();
        return true;
      } catch (error) {
        if (error instanceof Refused && !error.isPassing) {
          if (error.code === "superseded") this.#final("elsewhere");
          return false;
        }
        await this.#backoff.pause();
      }
    }
    return false;
  }

  #positions(): Record<string, number> {
    return { [this.#kept.conversation]: this.#talk.position };
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

  #happened(event: NumberedEvent | Queue | Writing | Presence): void {
    if (isNumbered(event)) this.#talk.take(event);
    else if (event.event === "queue") this.#surface.onPlace(event.place);
    else if (event.participant !== this.#kept.participant) {
      if (event.event === "typing") this.#surface.onTyping(event.is_typing);
      else this.#surface.onHelper(event.state !== "unreachable");
    }
  }

  #connection(state: StreamState): void {
    if (this.#isOver || state === "connecting") return;
    if (state === "open") {
      this.#talk.connected();
      this.#backoff.wake();
    }
    if (state === "open" || state === "lost") this.#surface.onConnection(state === "open");
    else if (state === "refused") this.#final("failed");
    else this.#final(state === "superseded" ? "elsewhere" : "gone");
  }

  /** Only what is gone is wiped: another page of this tab may live from what is stored, or this one loaded anew. */
  #final(what: Final): void {
    if (this.#isOver) return;
    if (what === "gone") this.forget();
    else this.#letGo();
    // An end that has been told already, and whose last word only got lost: what was said can still be read.
    if (what !== "gone" || !this.#isEnding) this.#hooks.onFinal(what);
  }

  #keep(unsent: Kept["unsent"]): void {
    if (this.#isOver) return;
    this.#kept = { ...this.#kept, unsent };
    keep(this.#kept);
  }
}
