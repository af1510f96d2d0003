// Hears keys wherever the focus is and says what they mean to the exit: Shift alone, or something else.

/** Kinds of events to hear, on the window and capturing: no page, composer or dialog can keep a key from the exit. */
const HEARD = ["keydown", "keyup", "pointerdown"] as const;

/** Gives a pulse for each Shift released alone (true) and each other press (false). Returns what listens. */
export function hearKeys(pulse: (isShiftAlone: boolean) => void): (event: Event) => void {
  let isAlone = true;
  const hear = (event: Event): void => {
    const { key, shiftKey, type } = event as KeyboardEvent;
    if (key !== "Shift") {
      isAlone &&= !shiftKey;
      pulse(false);
    } else if (type === "keyup") {
      // Counted when it is released: until then nobody knows whether it was meant for a capital letter.
      pulse(isAlone);
      isAlone = true;
    }
  };
  for (const type of HEARD) addEventListener(type, hear, true);
  return hear;
}

/** Hears keys until the returned function is called. */
export function watchKeys(pulse: (isShiftAlone: boolean) => void): () => void {
  const hear = hearKeys(pulse);
  return () => {
    for (const type of HEARD) removeEventListener(type, hear, true);
  };
}
