import { type ConversationLog, createConversationLog, formatTime } from "../ui/index.js";
import type { Accepted, EndedHow, Language, RequeuedWhy } from "../wire/index.js";
import { Connection } from "./connection.js";
import type { WidgetData } from "./data.js";
import { QueueView } from "./queue.js";
import type { Screen } from "./screen.js";
import type { State } from "./states.js";
import { TalkView } from "./talk.js";
import type { Visit, VisitSurface } from "./visit.js";
import { type WidgetWords, wordsFor } from "./words.js";

export interface EncounterHooks {
  /** The visitor is through with it: the beginning again. */
  readonly onClosed: () => void;
  readonly onEnded: () => void;
}

/** One visit on the screen, from the queue to what can be read after the end: the answer to what the visit tells. */
export class Encounter implements VisitSurface {
  readonly words: WidgetWords;
  readonly language: Language;
  readonly log: ConversationLog;
  readonly #screen: Screen;
  readonly #hooks: EncounterHooks;
  readonly #queue: QueueView;
  readonly #talk: TalkView;
  #connection: Connection;
  #visit: Visit | undefined;
  #helper: Accepted | undefined;
  #state: State = "reconnecting";

  constructor(data: WidgetData, line: string, screen: Screen, hooks: EncounterHooks) {
    this.words = wordsFor(data.words, line);
    this.language = data.language;
    this.log = createConversationLog(this.words, data.language);
    this.#screen = screen;
    this.#hooks = hooks;
    this.#connection = this.#newConnection();
    this.#queue = new QueueView(this.words, () => void this.#visit?.end());
    this.#talk = new TalkView(this.words, this.log, {
      onSend: (text): void => this.#visit?.say(text),
      onTyping: (isTyping): void => this.#visit?.typing(isTyping),
      onEnd: (): void => void this.#visit?.end(),
      onClose: hooks.onClosed,
    });
  }

  /** While it isn't known yet whether the talk is still there, and the server can't be reached to ask. */
  wait(): void {
    this.#screen.show({ state: "reconnecting", parts: [this.#connection.element] });
    this.#connection.own(false);
  }

  inQueue(visit: Visit): void {
    this.#visit = visit;
    this.#showQueue();
  }

  /** It is another view's screen from here on: of what was said and written nothing stays, not in memory either. */
  stop(): void {
    this.#connection.stop();
    this.#visit = undefined;
    this.#talk.clear();
  }

  /** A talk that a reload interrupted; the log tells with whom. */
  inTalk(visit: Visit): void {
    this.#visit = visit;
    this.#showTalk();
  }

  readonly onPlace = (place: number): void => this.#queue.place(place);

  /** Safety 15: a change of helper is told, and that this one can read what was written. */
  readonly onJoined = (event: Accepted): void => {
    const before = this.#helper;
    this.#helper = event;
    const values = { name: this.#name, time: formatTime(event.at, this.language) };
    const told = [this.words("joined", values), this.words(before ? "reads_on" : "own_pace", values)];
    for (const text of told) this.log.addEvent(text);
    if (this.#state === "queue") this.#screen.announce(told.join(" "));
    this.#showTalk();
  };

  readonly onReturned = (): void => this.log.addEvent(this.words("returned", { name: this.#name }));

  readonly onRequeued = (why: RequeuedWhy): void => {
    this.onTyping(false);
    // Of this helper's connection there is no more to tell.
    this.#connection.stop();
    this.#connection = this.#newConnection();
    this.#showQueue(why);
  };

  readonly onTyping = (isTyping: boolean): void =>
    this.log.showTyping(isTyping ? this.words("typing", { name: this.#name }) : undefined);

  readonly onConnection = (isThere: boolean): void => this.#connection.own(isThere);

  readonly onHelper = (isThere: boolean): void => this.#connection.helper(isThere);

  readonly onEnding = (how: EndedHow): void => {
    // Left in another tab of this talk: its words go from this one, too, at once (safety 2).
    if (this.#state === "queue" || how === "left_quickly") this.#hooks.onClosed();
    else if (this.#state === "talk") {
      this.#state = "ended";
      this.#screen.show(this.#talk.ended(how, this.#name));
      this.#hooks.onEnded();
    }
  };

  get #name(): string {
    return this.#helper?.names[this.language] ?? this.words("chat");
  }

  #newConnection(): Connection {
    return new Connection(this.words, (isThere) => {
      if (this.#state !== "ended") this.#screen.mark(isThere ? this.#state : "reconnecting");
    });
  }

  #showQueue(why?: RequeuedWhy): void {
    this.#state = "queue";
    this.#screen.show(this.#queue.view(this.#connection.element, why));
  }

  #showTalk(): void {
    if (this.#state === "talk") this.#talk.rename(this.#name, this.#screen);
    else this.#screen.show(this.#talk.view(this.#name, this.#connection.element));
    this.#state = "talk";
  }
}
