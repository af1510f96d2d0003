/** Whole minutes between two instants (ms), never below nothing: two clocks may differ by a little. */
export function minutesBetween(since: number, now: number): number {
  return Math.max(0, Math.floor((now - since) / 60_000));
}
