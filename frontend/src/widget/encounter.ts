import { type ConversationLog, createConversationLog, formatTime } from "../ui/index.js";
import type { Accepted, EndedHow, Language } from "../wire/index.js";
import { Connection } from "./connection.js";
import type { WidgetData } from "./data.js";
import { QueueView } from "./queue.js";
import type { Screen } from "./screen.js";
import type { State } from "./states.js";
import { TalkView } from "./talk.js";
import type { Visit, VisitEvents } from "./visit.js";
import { type WidgetWords, wordsFor } from "./words.js";

/** Who writes tells so again every five seconds; an older word was the last before the connection went. */
const TYPING_MS = 10_000;

export interface EncounterHooks {
  /** The talk lives no longer; its texts may still be on the screen. */
  readonly onOver: () => void;
  /** The visitor is through with it: the beginning again. */
  readonly onClosed: () => void;
  readonly onEnded: () => void;
  readonly onGone: () => void;
  readonly onFailed: () => void;
}

/** One visit on the screen, from the queue to what can be read after the end: the answer to what the visit tells. */
export class Encounter implements VisitEvents {
  readonly words: WidgetWords;
  readonly language: Language;
  readonly log: ConversationLog;
  readonly onOver: () => void;
  readonly onGone: () => void;
  readonly onFailed: () => void;
  readonly #screen: Screen;
  readonly #hooks: EncounterHooks;
  readonly #connection: Connection;
  readonly #queue: QueueView;
  readonly #talk: TalkView;
  #visit: Visit | undefined;
  #state: State = "reconnecting";
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(data: WidgetData, line: string, screen: Screen, hooks: EncounterHooks) {
    this.words = wordsFor(data.words, line);
    this.language = data.language;
    this.log = createConversationLog(this.words, data.language);
    this.onOver = hooks.onOver;
    this.onGone = hooks.onGone;
    this.onFailed = hooks.onFailed;
    this.#screen = screen;
    this.#hooks = hooks;
    this.#connection = new Connection(this.words);
    this.#queue = new QueueView(data, this.words, () => void this.#visit?.end());
    this.#talk = new TalkView(this.words, this.log, {
      onSend: (text): void => this.#visit?.say(text),
      onTyping: (isTyping): void => this.#visit?.typing(isTyping),
      onEnd: (): void => void this.#visit?.end(),
      onClose: hooks.onClosed,
    });
  }

  /** While it isn't known yet whether the talk is still there, and the server can't be reached to ask. */
  wait(): void {
    this.#screen.show({
      state: "reconnecting",
      title: this.words("chat"),
      parts: [this.#connection.element],
    });
    this.onConnection(false);
  }

  inQueue(visit: Visit): void {
    this.#visit = visit;
    this.#state = "queue";
    this.#screen.show(this.#queue.view(this.#connection.element));
  }

  /** A talk that a reload interrupted; the log tells with whom. */
  inTalk(visit: Visit): void {
    this.#visit = visit;
    this.#showTalk();
  }

  onPlace(place: number): void {
    this.#queue.place(place);
  }

  onJoined(event: Accepted): void {
    const joined = this.words("joined", { name: this.#name, time: formatTime(event.at, this.language) });
    this.log.addEvent(joined);
    this.log.addEvent(this.words("own_pace"));
    if (this.#state === "queue") this.#screen.announce(joined);
    this.#showTalk();
  }

  onTyping(isTyping: boolean): void {
    clearTimeout(this.#typing);
    this.log.showTyping(isTyping ? this.words("typing", { name: this.#name }) : undefined);
    if (isTyping) this.#typing = setTimeout(() => this.log.showTyping(), TYPING_MS);
  }

  onConnection(isThere: boolean): void {
    this.#connection.show(isThere);
    if (this.#state !== "ended") this.#screen.mark(isThere ? this.#state : "reconnecting");
  }

  onEnding(how: EndedHow): void {
    // Left in another tab of this talk: its words go from this one, too, at once (safety 2).
    if (this.#state === "queue" || how === "left_quickly") this.#hooks.onClosed();
    else if (this.#state === "talk") {
      this.#state = "ended";
      this.#screen.show(this.#talk.ended(how, this.#name));
      this.#hooks.onEnded();
    }
  }

  get #name(): string {
    return this.#visit?.helperName ?? this.words("chat");
  }

  #showTalk(): void {
    if (this.#state === "talk") this.#talk.rename(this.#name, this.#screen);
    else this.#screen.show(this.#talk.view(this.#name, this.#connection.element));
    this.#state = "talk";
  }
}
