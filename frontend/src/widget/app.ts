import { tellServer } from "../exit/index.js";
import { LineWatch } from "../lines/index.js";
import { Refused } from "../wire/index.js";
import { type LineState, localAddress, type WidgetData } from "./data.js";
import { Encounter } from "./encounter.js";
import { type Kept, kept, wipe } from "./memory.js";
import { type Choice, Notice } from "./notice.js";
import { closedView, failedView, goneView } from "./plain.js";
import type { Screen } from "./screen.js";
import { type Beginning, enter, resume, Visit } from "./visit.js";
import { wordsFor } from "./words.js";

/** On the screen after the end, at most (design.md): a phone that is put down shows it to whoever takes it up. */
const READABLE_MS = 15 * 60_000;
const TRY_AGAIN_MS = 3000;

/** Told whenever a talk begins, with what could end it; and whenever one is over, with nothing. */
export type OnTalk = (exitGrant: string | undefined) => void;

/** Joins the states: which view is on the screen, and what leads from one to the next. */
export class App {
  readonly #data: WidgetData;
  readonly #screen: Screen;
  readonly #onTalk: OnTalk;
  readonly #watch: LineWatch<LineState>;
  #lines: readonly LineState[];
  #notice: Notice | undefined;
  #visit: Visit | undefined;
  /** Of a talk that is being taken up again: it can be ended before it is there. */
  #memory: Kept | undefined;
  /** To try again, or to take away what can be read after the end. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasLeft = false;

  constructor(data: WidgetData, screen: Screen, onTalk: OnTalk) {
    this.#data = data;
    this.#screen = screen;
    this.#onTalk = onTalk;
    this.#lines = data.lines;
    this.#watch = new LineWatch(localAddress(data.language, "/api/lines/"), (lines) =>
      this.#linesRead(lines),
    );
  }

  get exitGrant(): string | undefined {
    return (this.#visit ?? this.#memory)?.exitGrant;
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
    if (this.exitGrant === undefined) this.#screen.destroy();
    else this.#screen.hide(true);
  }

  /** Shown again after it was put away: who looks at it now? It shows a talk only if that talk is still there. */
  async shownAgain(): Promise<void> {
    const isThere = await this.#visit?.isStillThere();
    // Loading anew would stop the way to the neutral site.
    if (this.#hasLeft) return;
    if (isThere) this.#screen.hide(false);
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
    this.#visit?.forget();
    this.#visit = undefined;
    this.#memory = undefined;
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
      if (state !== "closed")
        this.#screen.show(closedView(this.#lines, this.#data, wordsFor(this.#data.words)));
    } else if (this.#notice && state === "notice") {
      this.#notice.update(this.#lines);
    } else {
      this.#notice = new Notice(this.#data, (choice) => void this.#enter(choice));
      this.#screen.show(this.#notice.view(this.#lines));
    }
  }

  async #enter({ line, wantsProfessional }: Choice): Promise<void> {
    const encounter = this.#encounter(line);
    const entry = { line, language: this.#data.language, wants_professional: wantsProfessional };
    try {
      const beginning = await enter(entry);
      // The visitor left while the answer was on its way: this place in the queue is nobody's (safety 2).
      if (this.#hasLeft) tellServer("", beginning.kept.exitGrant);
      else this.#began(beginning, encounter);
    } catch (error) {
      if (!this.#hasLeft) this.#notEntered(error);
    }
  }

  #notEntered(error: unknown): void {
    const isClosed = error instanceof Refused && error.code === "line_closed";
    if (error instanceof Refused && !isClosed && !error.isPassing) this.#failed();
    else this.#notice?.say(wordsFor(this.#data.words)(isClosed ? "just_closed" : "no_connection"));
    if (isClosed) void this.#watch.read();
  }

  async #resume(memory: Kept): Promise<void> {
    this.#memory = memory;
    const encounter = this.#encounter(memory.line);
    try {
      const beginning = await resume(memory);
      if (!this.#hasLeft) this.#began(beginning, encounter);
    } catch (error) {
      if (this.#hasLeft) return;
      // Over: the neutral beginning, and nothing that says what was here (safety 8).
      if (error instanceof Refused && !error.isPassing) return this.#begin();
      encounter.wait();
      this.#timer = setTimeout(() => void this.#resume(memory), TRY_AGAIN_MS);
    }
  }

  #began(beginning: Beginning, encounter: Encounter): void {
    this.#watch.stop();
    const visit = new Visit(beginning, encounter);
    this.#visit = visit;
    if (beginning.state === "waiting") encounter.inQueue(visit);
    else encounter.inTalk(visit);
    this.#onTalk(visit.exitGrant);
  }

  #encounter(line: string): Encounter {
    return new Encounter(this.#data, line, this.#screen, {
      onOver: (): void => this.#onTalk(undefined),
      onClosed: (): void => this.#begin(),
      onEnded: (): void => {
        this.#timer = setTimeout(() => this.#begin(), READABLE_MS);
      },
      onGone: (): void => {
        const again = (): void => this.#begin();
        this.#screen.show(goneView(this.#data, wordsFor(this.#data.words), again));
      },
      onFailed: (): void => this.#failed(),
    });
  }

  #failed(): void {
    this.#putDown();
    this.#screen.show(failedView(this.#data, wordsFor(this.#data.words), () => this.#begin()));
  }
}
