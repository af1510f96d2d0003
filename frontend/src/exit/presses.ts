// Joins the count to time: how many presses are left, that time ran out, and the leaving itself.

import { leftAfter, PAUSE, PRESSES } from "./shift.js";

/** What there is to say: how many presses are left; 0 when the time for them ran out; 3 when nothing is counted. */
export type Say = (left: number) => void;

/** Takes pulses; says how many presses are left, and leaves at the third. */
export function countPresses(say: Say, leave: () => void): (isShiftAlone: boolean) => void {
  let left = PRESSES;
  let timer = 0;
  return (isShiftAlone) => {
    if (!isShiftAlone && left === PRESSES) return;
    clearTimeout(timer);
    left = leftAfter(left, isShiftAlone);
    if (!left) return leave();
    say(left);
    if (isShiftAlone) {
      timer = setTimeout(() => {
        left = PRESSES;
        say(0);
      }, PAUSE);
    }
  };
}
