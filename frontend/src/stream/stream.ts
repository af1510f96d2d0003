import { type AnyEvent, decodeEvent, PROTOCOL, post, Refused, refusal, request } from "../wire/index.js";
import { Backoff } from "./backoff.js";
import { readData } from "./lines.js";

/** The last four are final. `closed`: the server said not to come back, or the maker closed it. */
export type StreamState = "connecting" | "open" | "lost" | "unauthorised" | "gone" | "refused" | "closed";

export interface StreamOptions {
  /** Asked before each try and each heartbeat's answer, so that it may be a fresh one. */
  readonly grant: () => string | undefined | Promise<string | undefined>;
  /** How far each conversation has come; told to the server with each heartbeat. */
  readonly positions: () => Readonly<Record<string, number>>;
  readonly onEvent: (event: AnyEvent) => void;
  readonly onState: (state: StreamState) => void;
}

export interface Stream {
  readonly close: () => void;
}

/** Without a `hello` in this time the try has failed. */
const PATIENCE_MS = 15_000;
const GRACE_MS = 2000;
/** Heartbeats that were held up arrive in a bunch; their distance says nothing. */
const SHORTEST_PACE_MS = 5000;

/** Opens the one stream of this browser and keeps it open: comes back by itself until the state is final. */
export function openStream(options: StreamOptions): Stream {
  return new KeptStream(options);
}

class KeptStream implements Stream {
  readonly #options: StreamOptions;
  readonly #backoff = new Backoff();
  readonly #listening: AbortController;
  #attempt = new AbortController();
  #silence: ReturnType<typeof setTimeout> | undefined;
  #heartbeatMs = PATIENCE_MS;
  #heardAt = Date.now();
  #beatAt = 0;
  #state: StreamState = "connecting";
  #end: StreamState | undefined;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#listening = listen(
      () => this.#wake(),
      () => this.#attempt.abort(),
    );
    void this.#run();
  }

  close(): void {
    this.#end ??= "closed";
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
    this.#listenFor(PATIENCE_MS);
    try {
      const grant = await this.#options.grant();
      if (!this.#end) await this.#follow(grant);
    } catch (error) {
      if (error instanceof Refused) this.#end ??= finalState(error);
    } finally {
      clearTimeout(this.#silence);
      this.#attempt.abort();
    }
  }

  async #follow(grant: string | undefined): Promise<void> {
    const response = await fetch(
      "/live/events",
      request({ protocol: PROTOCOL }, grant, this.#attempt.signal),
    );
    if (!(response.ok && response.body)) throw await refusal(response);
    await readData(response.body, (data) => this.#take(data));
  }

  #take(data: string): void {
    const event = decodeEvent(parsed(data));
    if (event?.event === "hello") this.#heartbeatMs = event.heartbeat_seconds * 1000;
    if (event?.event === "heartbeat") this.#learnPace();
    // Two missed in a row: a phone that lost its network gets no error, only silence.
    this.#listenFor(2 * this.#heartbeatMs + GRACE_MS);
    if (!event || this.#end) return;
    if (event.event === "hello") this.#greeted();
    this.#options.onEvent(event);
    if (event.event === "bye" && !event.may_return) this.#end ??= "closed";
    // At the end too: the contents go from the server as soon as both sides have told that they have everything.
    if (event.event === "heartbeat" || event.event === "ending") void this.#here();
  }

  /** Heartbeats come closer together once a talk has begun; the wait for the next one follows. */
  #learnPace(): void {
    const since = Date.now() - this.#beatAt;
    this.#beatAt = Date.now();
    if (since > SHORTEST_PACE_MS) this.#heartbeatMs = Math.min(this.#heartbeatMs, since);
  }

  /** Under the newest grant: a helper's lasts five minutes, and the server keeps the stream open as long as this one. */
  async #here(): Promise<void> {
    try {
      await post("here", { positions: this.#options.positions() }, await this.#options.grant());
    } catch {
      // The stream itself tells whether the server is there, and whether this grant still lives.
    }
  }

  #greeted(): void {
    this.#backoff.reset();
    this.#enter("open");
  }

  #listenFor(milliseconds: number): void {
    const attempt = this.#attempt;
    this.#heardAt = Date.now();
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => attempt.abort(), milliseconds);
  }

  /** The network is back, or the page is shown again, perhaps after hours: timers slept, the connection may be dead. */
  #wake(): void {
    this.#backoff.wake();
    if (Date.now() - this.#heardAt > this.#heartbeatMs + GRACE_MS) this.#attempt.abort();
  }

  #enter(state: StreamState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}

function finalState({ status }: Refused): StreamState | undefined {
  if (status === 401) return "unauthorised";
  if (status === 410) return "gone";
  return status === 429 || status === 408 ? undefined : "refused";
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/** Listens until the returned controller is aborted. */
function listen(wake: () => void, lost: () => void): AbortController {
  const until = new AbortController();
  const onVisible = (): void => {
    if (document.visibilityState === "visible") wake();
  };
  addEventListener("online", wake, until);
  addEventListener("pageshow", wake, until);
  addEventListener("offline", lost, until);
  document.addEventListener("visibilitychange", onVisible, until);
  return until;
}
