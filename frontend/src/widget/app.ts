import { newMessageId } from "../crypto/index.js";
import { tellServer } from "../exit/index.js";
import { LineWatch } from "../lines/index.js";
import { Backoff } from "../stream/index.js";
import { Refused } from "../wire/index.js";
import type { LineState, WidgetData } from "./data.js";
import { Encounter } from "./encounter.js";
import { type Kept, kept, wipe } from "./memory.js";
import { type Choice, Notice } from "./notice.js";
import { closedView, plainView } from "./plain.js";
import type { Screen } from "./screen.js";
import type { State } from "./states.js";
import { type Beginning, type Entry, enter, type Final, newEntry, resume, Visit } from "./visit.js";
import { wordsFor } from "./words.js";

/** On the screen after the end, at most (design.md): a phone that is put down shows it to whoever takes it up. */
const READABLE_MS = 15 * 60_000;

/** Told whenever a talk begins, with what could end it; and whenever one is over, with nothing. */
export type OnTalk = (exitGrant: string | undefined) => void;

/** Joins the states: which view is on the screen, and what leads from one to the next. */
export class App {
  readonly #data: WidgetData;
  readonly #screen: Screen;
  readonly #onTalk: OnTalk;
  readonly #watch: LineWatch<LineState>;
  readonly #backoff = new Backoff();
  /** Tells this page from those before and after it, however often it asks. */
  readonly #page = newMessageId();
  #lines: readonly LineState[];
  #notice: Notice | undefined;
  /** A Start without an answer: pressed again, it goes out again. */
  #entry: Entry | undefined;
  #visit: Visit | undefined;
  #encounter: Encounter | undefined;
  /** What can end the talk, also one that is being taken up again or goes on in another page. */
  #exitGrant: string | undefined;
  /** Takes away what can be read after the end. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasLeft = false;
  /** When the browser put the page away another one had its talk already. */
  #wasElsewhere = false;

  constructor(data: WidgetData, screen: Screen, onTalk: OnTalk) {
    this.#data = data;
    this.#screen = screen;
    this.#onTalk = onTalk;
    this.#lines = data.lines;
    const within = data.language === "fi" ? "" : `/${data.language}`;
    this.#watch = new LineWatch(`${within}/api/lines/`, (lines) => this.#linesRead(lines));
  }

  get exitGrant(): string | undefined {
    return this.#exitGrant;
  }

  /** From the beginning, or where the talk was before the page was loaded anew. */
  start(): void {
    const memory = kept();
    if (memory) void this.#resume(memory);
    else this.#begin();
  }

  /** At the exit: nothing of the talk stays in this browser, neither in memory nor in storage nor on the screen. */
  wipe(): void {
    this.#hasLeft = true;
    this.#putDown();
    this.#screen.destroy();
  }

  /** The page goes, or is put away by the browser to be shown again. What has ended doesn't outlive that (safety 9). */
  putAway(): void {
    this.#wasElsewhere = this.#screen.state === "elsewhere";
    if (this.#exitGrant === undefined) this.#screen.destroy();
    else this.#screen.hide(true);
  }

  /**
   * Shown again after it was put away: who looks at it now? It shows a talk only if that talk is still there. One that
   * went on in the host's next page goes on here: this is the page that is looked at now (safety 10).
   */
  async shownAgain(): Promise<void> {
    const isThere = await this.#visit?.isStillThere();
    // Loading anew would stop the way to the neutral site.
    if (this.#hasLeft) return;
    // What another page took while this one was looked at stays there: this one takes nothing back (safety 10).
    if (isThere || this.#wasElsewhere) this.#screen.hide(false);
    else location.reload();
  }

  #begin(): void {
    this.#putDown();
    this.#notice = undefined;
    this.#showLines();
    void this.#watch.read();
    this.#watch.start();
  }

  #putDown(): void {
    clearTimeout(this.#timer);
    this.#watch.stop();
    this.#encounter?.stop();
    this.#visit?.forget();
    this.#visit = undefined;
    this.#exitGrant = undefined;
    wipe();
  }

  #linesRead(lines: readonly LineState[]): void {
    // For whom a line is came with the page; what changes is whether it is open.
    const before = new Map(this.#lines.map((line) => [line.code, line]));
    this.#lines = lines.map((line) => ({ ...before.get(line.code), ...line }));
    if (this.#screen.state === "notice" || this.#screen.state === "closed") this.#showLines();
  }

  #showLines(): void {
    const { state } = this.#screen;
    if (!this.#lines.some((line) => line.is_open)) {
      if (state !== "closed") this.#screen.show(closedView(this.#lines));
    } else if (this.#notice && state === "notice") {
      this.#notice.update(this.#lines);
    } else {
      this.#notice = new Notice(this.#data, (choice) => void this.#enter(choice));
      this.#screen.show(this.#notice.view(this.#lines));
    }
  }

  async #enter(choice: Choice): Promise<void> {
    const encounter = this.#meet(choice.line);
    const { line, wants_professional } = this.#entry ?? {};
    if (choice.line !== line || choice.wants_professional !== wants_professional) this.#entry = undefined;
    const entry = this.#entry ?? newEntry({ ...choice, language: this.#data.language });
    this.#entry = entry;
    try {
      const beginning = await enter(entry);
      this.#entry = undefined;
      // The visitor left while the answer was on its way: this place in the queue is nobody's (safety 2).
      if (this.#hasLeft) tellServer("", beginning.kept.exit_grant);
      else this.#began(beginning, encounter);
    } catch (error) {
      if (!this.#hasLeft) this.#notEntered(error);
    }
  }

  #notEntered(error: unknown): void {
    const isRefused = error instanceof Refused && !error.isPassing;
    const isClosed = isRefused && error.code === "line_closed";
    if (isRefused) this.#entry = undefined;
    if (isRefused && !isClosed) this.#failed(() => this.#begin());
    else this.#notice?.say(wordsFor(this.#data.words)(isClosed ? "just_closed" : "no_connection"));
    if (isClosed) void this.#watch.read();
  }

  async #resume(memory: Kept): Promise<void> {
    this.#exitGrant = memory.exit_grant;
    const encounter = this.#meet(memory.line);
    while (!this.#hasLeft) {
      try {
        const beginning = await resume(memory, this.#page);
        if (!this.#hasLeft) this.#began(beginning, encounter);
        return;
      } catch (error) {
        if (this.#hasLeft || this.#isRefused(error)) return;
      }
      encounter.wait();
      await this.#backoff.pause();
    }
  }

  #isRefused(error: unknown): boolean {
    if (!(error instanceof Refused) || error.isPassing) return false;
    // Over: the neutral beginning, and nothing that says what was here (safety 8).
    if (error.isOver) this.#begin();
    // A newer page has it already; what is stored is that one's, too.
    else if (error.code === "superseded") this.#final("elsewhere");
    else this.#failed(() => this.#begin());
    return true;
  }

  #began(beginning: Beginning, encounter: Encounter): void {
    this.#watch.stop();
    this.#exitGrant = beginning.kept.exit_grant;
    const visit = new Visit(beginning, encounter, {
      onOver: (): void => {
        this.#exitGrant = undefined;
        this.#onTalk(undefined);
      },
      onFinal: (what): void => this.#final(what),
    });
    this.#visit = visit;
    if (beginning.state === "waiting") encounter.inQueue(visit);
    else encounter.inTalk(visit);
    this.#onTalk(this.#exitGrant);
  }

  #meet(line: string): Encounter {
    this.#encounter = new Encounter(this.#data, line, this.#screen, {
      onClosed: (): void => this.#begin(),
      onEnded: (): void => {
        this.#timer = setTimeout(() => this.#begin(), READABLE_MS);
      },
    });
    return this.#encounter;
  }

  #final(what: Final): void {
    // What failed may still be there for a page of the service's present version.
    if (what === "failed") this.#failed(() => location.reload());
    else this.#plain(what, () => this.#begin());
  }

  #failed(again: () => void): void {
    this.#watch.stop();
    this.#plain("failed", again);
  }

  #plain(state: State, act: () => void): void {
    this.#encounter?.stop();
    this.#visit = undefined;
    this.#screen.show(plainView(state, act));
  }
}
