import {
  type AnyEvent,
  decodeEvent,
  type PageState,
  PROTOCOL,
  post,
  Refused,
  refusal,
  request,
} from "../wire/index.js";
import { Backoff } from "./backoff.js";
import { readData } from "./lines.js";

const FINAL = ["unauthorised", "gone", "superseded"] as const;

/**
 * All but the first three are final. `superseded`: another page has taken up this seat. `closed`: the server said not to
 * come back, or the maker closed it.
 */
export type StreamState = "connecting" | "open" | "lost" | (typeof FINAL)[number] | "refused" | "closed";

export interface StreamOptions {
  /** Asked before each try and each heartbeat's answer, so that it may be a fresh one. */
  readonly grant: () => string | undefined | Promise<string | undefined>;
  /** From which of this seat's pages; asked as often. */
  readonly epoch: () => number;
  /** Now it is asked for: a `hello` tells how things stood then or later, never before. */
  readonly onAsk?: () => void;
  /** How far each conversation has come; told to the server with each heartbeat. */
  readonly positions: () => Readonly<Record<string, number>>;
  readonly onEvent: (event: AnyEvent) => void;
  readonly onState: (state: StreamState) => void;
}

export interface Stream {
  readonly close: () => void;
}

/** An answer that goes on (`null`), or one that is whole: the first, with a `hello`, or what has come since. */
type Poll = "begin" | "next" | null;

/** Without a `hello` in this time somebody between holds the stream back until it ends: this page asks piece by piece. */
const HELLO_MS = 5000;
/** Without a sign of life in this time a try has failed. */
const PATIENCE_MS = 15_000;
const GRACE_MS = 1500;

/** Opens the one stream of this browser and keeps it open: comes back by itself until the state is final. */
export function openStream(options: StreamOptions): Stream {
  return new KeptStream(options);
}

class KeptStream implements Stream {
  readonly #options: StreamOptions;
  readonly #backoff = new Backoff();
  readonly #listening = new AbortController();
  #attempt = new AbortController();
  #silence: ReturnType<typeof setTimeout> | undefined;
  #isPolling = false;
  /** The page is being left, and has not been shown again. */
  #isLeaving = false;
  #heartbeatMs = PATIENCE_MS;
  #heardAt = Date.now();
  #state: StreamState = "connecting";
  #end: StreamState | undefined;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#listen();
    void this.#run();
  }

  close(): void {
    this.#end ??= "closed";
    this.#listening.abort();
    this.#attempt.abort();
    this.#backoff.wake();
  }

  async #run(): Promise<void> {
    this.#options.onState("connecting");
    while (!this.#end) {
      await this.#tryOnce();
      if (this.#end) break;
      this.#enter("lost");
      await this.#backoff.pause();
    }
    this.#listening.abort();
    this.#enter(this.#end);
  }

  /** Returns when the connection is over, for whatever reason; `#end` is set when it is the last one. */
  async #tryOnce(): Promise<void> {
    this.#attempt = new AbortController();
    let poll: Poll = this.#isPolling ? "begin" : null;
    try {
      while ((await this.#ask(poll)) && poll && !this.#attempt.signal.aborted) poll = "next";
    } catch (error) {
      if (error instanceof Refused) this.#end ??= finalState(error);
    } finally {
      clearTimeout(this.#silence);
      this.#attempt.abort();
    }
  }

  /** One answer to its end; true if there was anything in it. */
  async #ask(poll: Poll): Promise<boolean> {
    const { signal } = this.#attempt;
    if (poll !== "next") this.#listenFor(PATIENCE_MS);
    const grant = await this.#options.grant();
    if (!poll) this.#listenFor(HELLO_MS, () => this.#pollFromNow());
    const body = { epoch: this.#options.epoch(), protocol: PROTOCOL, poll };
    this.#options.onAsk?.();
    const response = await fetch("/live/events", request(body, grant, signal));
    if (!(response.ok && response.body)) throw await refusal(response);
    return await readData(response.body, (data) => this.#take(data));
  }

  /** The same events, each answer whole: behind a proxy that passes on only what is complete. */
  #pollFromNow(): void {
    this.#isPolling = true;
  }

  #take(data: string): void {
    const event = decodeEvent(parsed(data));
    if (event?.event === "hello") this.#heartbeatMs = event.heartbeat_seconds * 1000;
    if (event?.event === "heartbeat") this.#heartbeatMs = event.seconds * 1000;
    // Two missed in a row: a phone that lost its network gets no error, only silence.
    this.#listenFor(2 * this.#heartbeatMs + GRACE_MS);
    if (!event || this.#end) return;
    if (event.event === "hello") this.#greeted();
    this.#options.onEvent(event);
    if (event.event === "bye") this.#dismissed(event);
    // At the end too: the contents go from the server as soon as both sides have told that they have everything.
    if (event.event === "heartbeat" || event.event === "ending") void this.#here();
  }

  #dismissed({ code, may_return: mayReturn }: { code: string; may_return: boolean }): void {
    if (!mayReturn) this.#end ??= code === "superseded" ? code : "closed";
    this.#attempt.abort();
  }

  /** Under the newest grant: a helper's lasts five minutes, and the server keeps the stream open as long as this one. */
  async #here(): Promise<void> {
    const { grant, epoch, positions } = this.#options;
    const state = this.#pageState;
    try {
      if (this.#state === "open")
        await post("here", { epoch: epoch(), positions: positions(), state }, await grant());
    } catch {
      // The stream itself tells whether the server is there, and whether this grant still lives.
    }
  }

  /** A page that is left becomes hidden too, after it: that takes nothing back. */
  get #pageState(): PageState {
    if (this.#isLeaving) return "leaving";
    return document.visibilityState === "hidden" ? "hidden" : "here";
  }

  #greeted(): void {
    this.#backoff.reset();
    this.#enter("open");
    // A page that is hidden says so at once: who comes back in the background is not here.
    if (document.visibilityState === "hidden") void this.#here();
  }

  #listenFor(milliseconds: number, onSilence?: () => void): void {
    const attempt = this.#attempt;
    this.#heardAt = Date.now();
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      onSilence?.();
      attempt.abort();
    }, milliseconds);
  }

  /** Listens until the stream is over. */
  #listen(): void {
    const until = this.#listening;
    const shown = (): void => {
      if (document.visibilityState === "visible") this.#wake();
      void this.#here();
    };
    addEventListener("online", () => this.#wake(), until);
    addEventListener("offline", () => this.#attempt.abort(), until);
    const comes = (): void => {
      this.#isLeaving = false;
      shown();
    };
    const goes = (): void => {
      this.#isLeaving = true;
      void this.#here();
    };
    addEventListener("pageshow", comes, until);
    addEventListener("pagehide", goes, until);
    document.addEventListener("visibilitychange", shown, until);
  }

  /** The network is back, or the page is shown again, perhaps after hours: timers slept, the connection may be dead. */
  #wake(): void {
    if (Date.now() - this.#heardAt > this.#heartbeatMs + GRACE_MS) this.#attempt.abort();
    // The pause that follows an end begins a moment later.
    setTimeout(() => this.#backoff.wake());
  }

  #enter(state: StreamState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}

function finalState({ code, isPassing }: Refused): StreamState | undefined {
  return FINAL.find((state) => state === code) ?? (isPassing ? undefined : "refused");
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
