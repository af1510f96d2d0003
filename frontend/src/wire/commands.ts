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
}

export interface Resumed {
  readonly snapshot: Snapshot;
  readonly exit_grant: string;
  readonly half_key: string;
}

/** One number for each message; for `key` and `end` one. */
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
  readonly conversations: readonly Snapshot[];
}

export interface AcceptAnswer {
  readonly snapshot: Snapshot;
}

interface Command<Given, Got> {
  readonly body: Given;
  readonly answer: Got;
}

type Nothing = Record<string, never>;

/** Address under /live/ → what goes in and what comes back (`undefined`: an answer without a body). */
export interface Commands {
  open: Command<
    { line: string; language: Language; wants_professional?: boolean; protocol?: number },
    Opened
  >;
  resume: Command<Nothing, Resumed>;
  read: Command<{ conversation: string; after: number }, ReadAnswer>;
  here: Command<{ positions: Readonly<Record<string, number>> }, undefined>;
  say: Command<{ conversation: string; messages: readonly SealedMessage[] }, Numbers>;
  key: Command<{ conversation: string; recipient: string; sealed: string }, Numbers>;
  typing: Command<{ conversation: string; is_typing: boolean }, undefined>;
  end: Command<{ conversation: string }, Numbers>;
  "on-duty": Command<{ public_key: string; protocol?: number }, DutyAnswer>;
  available: Command<{ is_available: boolean }, DutyAnswer>;
  accept: Command<{ line: string }, AcceptAnswer>;
  close: Command<{ conversation: string }, undefined>;
  "off-duty": Command<Nothing, undefined>;
}

export type CommandName = keyof Commands;
export type Body<Name extends CommandName> = Commands[Name]["body"];
export type Answer<Name extends CommandName> = Commands[Name]["answer"];

/** Sends a command under whatever grant its maker holds: what rooms that don't keep grants are given. */
export type Call = <Name extends CommandName>(name: Name, body: Body<Name>) => Promise<Answer<Name>>;
