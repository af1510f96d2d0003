// What the server puts into the loader and the panel in place of the names below (suoja/widget/loader.py), so that the
// launcher, the exit and the numbers show even when the server is down.

export interface LoaderWords {
  /** "Open chat". */
  readonly open: string;
  /** What the cover says to a screen reader: a neutral word, such as "Loading". */
  readonly cover: string;
  /** By how many presses are left: "Time ran out." · "Press Shift once more to leave." · twice more. */
  readonly left: readonly string[];
}

export interface LoaderConfig {
  /** The neutral site. */
  readonly exit: string;
  /** The panel's own file: fetched when somebody opens the chat, and not before. */
  readonly panel: string;
  /** Who helps when nothing of ours can be reached: "Nollalinja 080 005 005". */
  readonly help: readonly string[];
  readonly words: Readonly<Record<string, LoaderWords>>;
}

export interface PanelWords {
  /** "Chat": the heading, and the frame's name. */
  readonly chat: string;
  /** "Exit this page". */
  readonly exit: string;
  /** "Minimise". */
  readonly close: string;
  /** "Open the chat as a page". */
  readonly page: string;
  /** What there is while the frame is silent: "The chat is opening. You can also call." */
  readonly wait: string;
  /** Whom to call, and the number. */
  readonly help: readonly (readonly [string, string])[];
}

export interface PanelConfig {
  readonly exit: string;
  readonly words: Readonly<Record<string, PanelWords>>;
}
