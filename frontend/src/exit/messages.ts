// What the host's page and the frame say to each other. The frame's content never goes this way, and no key's name.

/** The host's first word, by postMessage with both origins named; it carries the port for all others. # safety 32 */
export const GREETING = "suoja";

/** Host to frame: the panel was opened; wipe yourself, the visitor leaves. */
export type ToFrame = "opened" | "wipe";

/** Frame to host: a word and, with some, a value. */
export type ToHost =
  | readonly ["hello"]
  /** Shift was released alone (true), or something else was pressed while a count may run (false). */
  | readonly ["pulse", boolean]
  /** A talk lives, and this token can end it and read nothing; "": none lives any more. */
  | readonly ["exit", string]
  | readonly ["close"]
  | readonly ["wiped"];
