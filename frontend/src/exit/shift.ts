// Shift pressed three times alone: the rule without a page or a clock. Frame and host share it by pulses.

/** How many presses leave, and how long one waits for the next (milliseconds). */
export const PRESSES = 3;
export const PAUSE = 5000;

/** How many presses are still needed after a pulse: Shift released alone, or anything else, which starts anew. */
export function leftAfter(left: number, isShiftAlone: boolean): number {
  return isShiftAlone ? left - 1 : PRESSES;
}
