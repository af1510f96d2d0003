/**
 * One duty in this page: from the first grant to the sign-out. Joins the bar, the queue, the desk and the stream. A little
 * longer than most files, because the ways in which a duty begins, is lost, taken up again, superseded and over have to
 * be seen together: each must leave the page in one of few states.
 */
import { type DutyKeyPair, newMessageId } from "../crypto/index.js";
import { Backoff, openStream, type Stream, type StreamState } from "../stream/index.js";
import { type AnyEvent, type Call, Unreachable } from "../wire/index.js";
import { titleFor } from "./acceptance.js";
import { Connection, problemKey, Switch } from "./bar.js";
import { callUnder, isSuperseded, isUnauthorised } from "./call.js";
import { type ConsoleData, part, serviceClock } from "./data.js";
import { Desk } from "./desk.js";
import { type GrantKeeper, SignedOut } from "./grant.js";
import { Queue } from "./queue.js";
import type { ConsoleWords } from "./words.js";

export interface DutyOptions {
  readonly data: ConsoleData;
  readonly words: ConsoleWords;
  readonly pair: DutyKeyPair;
  readonly grants: GrantKeeper;
  /** The duty was ended on the server while the session lives. */
  readonly onOver: () => void;
  /** Another tab or window has taken the duty over; this page shows nothing any more. */
  readonly onElsewhere: () => void;
}

const TICK_MS = 5000;

export class Duty {
  readonly #options: DutyOptions;
  readonly #call: Call;
  readonly #connection: Connection;
  readonly #switch: Switch;
  readonly #queue: Queue;
  readonly #desk: Desk;
  readonly #notice = part("notice");
  readonly #ticking: ReturnType<typeof setInterval>;
  /** Tells this page from those before and after it, however often it asks. */
  readonly #page = newMessageId();
  /** Which of the duty's pages this is. Loaded anew it has none yet, and takes the duty over (safety 10). */
  #epoch: number | null = null;
  #stream: Stream | undefined;
  #isConnected = false;
  #isAccepting = false;
  #isRefreshing = false;
  /** A stream was refused, and no other has opened since. */
  #hasRecovered = false;
  #isStopped = false;
  #isElsewhere = false;

  constructor(options: DutyOptions) {
    const { data, words, grants, pair } = options;
    const now = serviceClock(data.now);
    this.#options = options;
    this.#call = callUnder(grants, {
      epoch: () => this.#epoch,
      onOver: () => this.#over(),
      onSuperseded: () => this.#superseded(),
    });
    this.#connection = new Connection(part("connection"), words);
    this.#switch = new Switch(part("available"), part("available-state"), words, (wish) =>
      this.#setAvailable(wish),
    );
    this.#queue = new Queue(part("waiting"), {
      lines: data.lines,
      words,
      now,
      onAccept: (line) => void this.#accept(line),
    });
    this.#desk = new Desk({
      place: part("talks"),
      lines: data.lines,
      language: data.language,
      pair,
      call: this.#call,
      words,
      now,
      patience: data,
      onChange: () => this.#draw(),
      onProblem: (error) => this.#problem(error),
      onUnknown: () => void this.#refresh(),
    });
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
  }

  /** Whether a visitor is being talked with: signing out would leave them. */
  get isTalking(): boolean {
    return this.#desk.hasOpen;
  }

  /** Whether another tab has the duty: signing out would end what goes on there. */
  get isElsewhere(): boolean {
    return this.#isElsewhere;
  }

  /** Takes the duty up, as often as it takes, and follows its stream. */
  async start(): Promise<void> {
    this.#connection.show("connecting");
    if ((await this.#takeUp()) && !this.#isStopped) this.#follow();
  }

  /** At sign-out, or when the duty is over: nothing more is sent or shown as living. */
  stop(): void {
    this.#isStopped = true;
    this.#stream?.close();
    this.#options.grants.stop();
    this.#isConnected = false;
    this.#queue.clear();
    document.title = titleFor(0);
    this.#draw();
  }

  /** Nothing of any conversation stays in this page. */
  forget(): void {
    clearInterval(this.#ticking);
    this.#desk.forget();
  }

  /** False when it can't be taken up any more. */
  async #takeUp(): Promise<boolean> {
    const backoff = new Backoff();
    while (!this.#isStopped) {
      try {
        await this.#onDuty();
        return true;
      } catch (error) {
        if (isFinal(error)) return false;
        if (!(error instanceof Unreachable)) this.#problem(error);
        this.#connection.show("lost");
        await backoff.pause();
      }
    }
    return false;
  }

  /** Shows what this duty holds. What was accepted while the answer was on its way may not stand in it. */
  async #onDuty(): Promise<void> {
    const askedWith = this.#desk.codes();
    const { publicKey } = this.#options.pair;
    const answer = await this.#call("on-duty", { public_key: publicKey, page: this.#page });
    if (this.#isStopped) return;
    this.#epoch = answer.epoch;
    this.#switch.show(answer.is_available);
    this.#desk.adoptAll(answer.conversations, askedWith);
    this.#draw();
  }

  #follow(): void {
    this.#stream = openStream({
      grant: () => this.#options.grants.current(),
      epoch: () => this.#epoch ?? 0,
      onAsk: () => this.#desk.asked(),
      positions: () => this.#desk.positions(),
      onEvent: (event) => this.#take(event),
      onState: (state) => this.#entered(state),
    });
  }

  #take(event: AnyEvent): void {
    if (event.event === "waiting") {
      this.#queue.show(event);
      document.title = titleFor(this.#queue.count);
    } else {
      this.#desk.take(event);
    }
  }

  #entered(state: StreamState): void {
    if (this.#isStopped) return;
    this.#isConnected = state === "open";
    this.#connection.show(state);
    this.#draw();
    if (state === "open") this.#hasRecovered = false;
    else this.#desk.lost();
    if (state === "superseded") this.#superseded();
    else if (!(state === "open" || state === "connecting" || state === "lost")) void this.#recover();
  }

  /** The stream came to a final end. A new grant and the duty taken up again mend it, or say that the duty is over. */
  async #recover(): Promise<void> {
    if (this.#hasRecovered) return this.#over();
    this.#hasRecovered = true;
    try {
      await this.#options.grants.renew();
    } catch {
      // Unreachable: taking up the duty below waits for the server. Signed out: the keeper has told already.
    }
    await this.start();
  }

  async #setAvailable(isAvailable: boolean): Promise<void> {
    try {
      const answer = await this.#call("available", { is_available: isAvailable });
      this.#worked();
      this.#switch.show(answer.is_available);
      this.#draw();
    } catch (error) {
      this.#problem(error);
    }
  }

  /** M13: one at a time, also while the answer is on its way. */
  async #accept(line: string): Promise<void> {
    if (this.#isAccepting) return;
    let isLost = false;
    this.#isAccepting = true;
    this.#draw();
    try {
      const { snapshot } = await this.#call("accept", { line });
      if (this.#isStopped) return;
      this.#worked();
      this.#desk.adopt(snapshot)?.focus();
    } catch (error) {
      isLost = error instanceof Unreachable;
      this.#problem(error);
    } finally {
      this.#isAccepting = false;
      this.#draw();
    }
    // What it brought may have been heard of while it was waited for, and passed over.
    if (isLost) await this.#refresh();
  }

  /** The answer to an acceptance was lost, and its events came: what this duty holds is asked for. */
  async #refresh(): Promise<void> {
    if (this.#isAccepting || this.#isRefreshing) return;
    this.#isRefreshing = true;
    try {
      await this.#onDuty();
    } catch (error) {
      this.#problem(error);
    } finally {
      this.#isRefreshing = false;
    }
  }

  #draw(): void {
    part("empty").hidden = !this.#desk.isEmpty;
    this.#queue.allow({
      isPeer: this.#options.data.role === "peer",
      isOnDuty: !this.#isStopped,
      isConnected: this.#isConnected,
      isAvailable: this.#switch.isOn,
      hasConversation: this.#desk.hasOpen || this.#isAccepting,
    });
  }

  #tick(): void {
    this.#queue.tick();
    this.#desk.tick();
  }

  #worked(): void {
    this.#notice.textContent = "";
  }

  #problem(error: unknown): void {
    if (this.#isStopped || isFinal(error)) return;
    this.#notice.textContent = this.#options.words(problemKey(error));
  }

  #over(): void {
    if (this.#isStopped) return;
    this.stop();
    this.#desk.dutyOver();
    this.#switch.disable();
    this.#connection.showOff("off_duty");
    this.#notice.textContent = this.#options.words("duty_over");
    this.#options.onOver();
  }

  /** The newest tab is the one that is heard. This one forgets what it shows, and stays so. */
  #superseded(): void {
    if (this.#isStopped) return;
    this.stop();
    this.forget();
    this.#isElsewhere = true;
    this.#switch.disable();
    this.#connection.showOff("elsewhere");
    this.#worked();
    this.#options.onElsewhere();
  }
}

/** These have their own words and their own way out. */
function isFinal(error: unknown): boolean {
  return error instanceof SignedOut || isUnauthorised(error) || isSuperseded(error);
}
