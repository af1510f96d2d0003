/** Every command with its body and its answer: mirrors `COMMANDS` and the answers of `suoja/live/wire.py`. */

import type { Language, Snapshot } from "./events.js";

export const PROTOCOL = 1;
/** A request with more is refused (413). */
export const MAX_REQUEST_BYTES = 8192;
export const MAX_MESSAGES_PER_SAY = 8;

/** One sealed message. Sent again under the same id it gets the same number, if the bytes are the same. */
export interface SealedMessage {
  readonly id: string;
  readonly sealed: string;
}

export interface Opened {
  readonly conversation: string;
  readonly participant: string;
  readonly grant: string;
  readonly exit_grant: string;
  /** The server's half of the conversation key. */
  readonly half_key: string;
  readonly epoch: number;
}

export interface Resumed {
  readonly snapshot: Snapshot;
  readonly exit_grant: string;
  readonly half_key: string;
  readonly epoch: number;
}

/** One number for each message; for `key`, `end` and `park` one. */
export interface Numbers {
  readonly numbers: readonly number[];
}

export interface ReadAnswer {
  /** As they came; give each to `decodeEvent`. */
  readonly events: readonly unknown[];
  readonly newest: number;
}

export interface DutyAnswer {
  readonly is_available: boolean;
  readonly epoch: number;
  readonly conversations: readonly Snapshot[];
}

export interface AcceptAnswer {
  readonly snapshot: Snapshot;
}

interface Command<Given, Got> {
  readonly body: Given;
  readonly answer: Got;
}

/** Of a page that has taken up a seat: the newest page's number is the highest, and it alone is heard. */
interface Seated {
  readonly epoch: number;
}

/**
 * Made at random by each page that is loaded, once: asked again, whatever arrives first, it is the same page's request
 * and takes the seat over from nobody.
 */
interface Loaded {
  readonly page: string;
}

/** Who looks at the page, if anybody does. */
export type PageState = "here" | "hidden" | "leaving";

interface About extends Seated {
  readonly conversation: string;
}

/** Address under /live/ → what goes in and what comes back (`undefined`: an answer without a body). */
export interface Commands {
  open: Command<
    { line: string; language: Language; entry: string; wants_professional?: boolean; protocol?: number },
    Opened
  >;
  resume: Command<Loaded, Resumed>;
  read: Command<About & { after: number }, ReadAnswer>;
  here: Command<Seated & { positions: Readonly<Record<string, number>>; state?: PageState }, undefined>;
  say: Command<About & { messages: readonly SealedMessage[] }, Numbers>;
  key: Command<About & { recipient: string; sealed: string; answers: number }, Numbers>;
  typing: Command<About & { is_typing: boolean }, undefined>;
  end: Command<About, Numbers>;
  park: Command<About, Numbers>;
  "on-duty": Command<Loaded & { public_key: string; epoch?: number | null; protocol?: number }, DutyAnswer>;
  available: Command<Seated & { is_available: boolean }, DutyAnswer>;
  accept: Command<Seated & { line: string }, AcceptAnswer>;
  close: Command<About, undefined>;
  "off-duty": Command<Seated, undefined>;
}

export type CommandName = keyof Commands;
export type Body<Name extends CommandName> = Commands[Name]["body"];
export type Answer<Name extends CommandName> = Commands[Name]["answer"];

/** What a room gives that keeps neither grant nor epoch: the maker of the call adds both. */
export type Unseated<Name extends CommandName> = Omit<Body<Name>, "epoch">;
export type Call = <Name extends CommandName>(name: Name, body: Unseated<Name>) => Promise<Answer<Name>>;
