/** Whether the next visitor of a line may be accepted now; if not, the reason, as the key of its words. No I/O. */
import type { WaitingVisitor } from "../wire/index.js";

export type Hindrance =
  | "off_duty"
  | "no_connection"
  | "one_at_a_time"
  | "not_available"
  | "nobody_waits"
  | "only_for_professionals";

export interface HelperNow {
  readonly isPeer: boolean;
  readonly isOnDuty: boolean;
  readonly isConnected: boolean;
  readonly isAvailable: boolean;
  /** A conversation that has not ended, or one that is being accepted just now. */
  readonly hasConversation: boolean;
}

/** The first reason that speaks. M13: one conversation at a time. M22: a peer is not for who asks for a professional. */
export function hindrance(helper: HelperNow, visitors: readonly WaitingVisitor[]): Hindrance | undefined {
  if (!helper.isOnDuty) return "off_duty";
  if (!helper.isConnected) return "no_connection";
  if (helper.hasConversation) return "one_at_a_time";
  if (!helper.isAvailable) return "not_available";
  if (visitors.length === 0) return "nobody_waits";
  const isForHelper = visitors.some((visitor) => !(helper.isPeer && visitor.wants_professional));
  return isForHelper ? undefined : "only_for_professionals";
}

/** Whole minutes between two instants (ms), never below nothing: two clocks may differ by a little. */
export function minutesBetween(since: number, now: number): number {
  return Math.max(0, Math.floor((now - since) / 60_000));
}

/** The page's whole title: neutral, with a bare count of those who wait and nothing of anyone (safety 27). */
export function titleFor(waiting: number): string {
  return waiting > 0 ? `(${waiting}) Chat` : "Chat";
}
