// What the loader and the panel know of each other. They are separate files: the loader stands on every page of a host,
// the panel is fetched when somebody opens the chat.

export interface Host {
  /** With the launcher in it, its only button so far. */
  readonly root: ShadowRoot;
  /** "fi", "sv", "en". */
  readonly language: string;
  /** Our own origin, with the language's prefix. */
  readonly base: string;
  /** Takes what the frame heard of keys. */
  readonly pulse: (isShiftAlone: boolean) => void;
  /** Somebody pressed the button; otherwise a talk goes on from the page before. */
  readonly isAsked: boolean;
}

export interface Panel {
  readonly toggle: () => void;
  /** Wipes the frame and takes it away; calls back within 100 ms, with the exit token if the frame was silent. */
  readonly wipe: (flag: string | undefined, done: (exitToken?: string) => void) => void;
}
