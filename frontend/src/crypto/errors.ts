/** Nothing secret goes into any of these: no text, no key, no code. */

/** What was given is not what its sender sealed for this place, or not for this key. */
export class CannotOpen extends Error {
  override readonly name = "CannotOpen";
}

/** The public key or the half that was given is not one, so nothing was sealed. */
export class CannotSeal extends Error {
  override readonly name = "CannotSeal";
}

/** The text does not fit the largest envelope; `splitText` makes pieces that do. */
export class TooLong extends Error {
  override readonly name = "TooLong";
}

/** The key was wiped by `forget()`; whoever still holds it comes too late. */
export class KeyForgotten extends Error {
  override readonly name = "KeyForgotten";
}
