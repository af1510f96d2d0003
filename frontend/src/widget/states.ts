/**
 * Every state that a visitor can see, in the order of a visit. The page carries it as `data-state` on `#chat`, so that
 * what looks at all of them (axe, screenshots) leaves none out.
 */
export const STATES = [
  "notice",
  "closed",
  "queue",
  "talk",
  "reconnecting",
  "elsewhere",
  "ended",
  "gone",
  "failed",
  "unsupported",
] as const;

export type State = (typeof STATES)[number];
