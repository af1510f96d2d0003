/** Nothing secret goes into any of these, and nothing else either: not even which part was wrong. */

/** What was given is not what its sender sealed for this place, or not for this key. */
export class CannotOpen extends Error {}

/** The public key or the half that was given is not one, so nothing was sealed. */
export class CannotSeal extends Error {}

/** The text does not fit the largest envelope; `splitText` makes pieces that do. */
export class TooLong extends Error {}

/** The key was wiped by `forget()`; whoever still holds it comes too late. */
export class KeyForgotten extends Error {}
