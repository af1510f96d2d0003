/** Whether the next visitor of a line may be accepted now; if not, the reason, as the key of its words. No I/O. */
import type { Waiting } from "../wire/index.js";

export type Hindrance =
  | "off_duty"
  | "no_connection"
  | "one_at_a_time"
  | "not_available"
  | "nobody_waits"
  | "nobody_present"
  | "only_for_professionals";

export interface HelperNow {
  readonly isPeer: boolean;
  readonly isOnDuty: boolean;
  readonly isConnected: boolean;
  readonly isAvailable: boolean;
  /** A conversation that has not ended, or one that is being accepted just now. */
  readonly hasConversation: boolean;
}

/** How many wait on a line. Of a long queue only a part is shown, so that nothing is judged by what is. */
export type Counts = Pick<Waiting, "count" | "present" | "present_for_peers">;

/**
 * The first reason that speaks. M13: one conversation at a time. M22: a peer is not for who asks for a professional.
 * Who is away keeps the place and can't be accepted; a page in the background is not away.
 */
export function hindrance(helper: HelperNow, waiting: Counts): Hindrance | undefined {
  if (!helper.isOnDuty) return "off_duty";
  if (!helper.isConnected) return "no_connection";
  if (helper.hasConversation) return "one_at_a_time";
  if (!helper.isAvailable) return "not_available";
  if (waiting.count === 0) return "nobody_waits";
  if (waiting.present === 0) return "nobody_present";
  return helper.isPeer && waiting.present_for_peers === 0 ? "only_for_professionals" : undefined;
}

/** The page's whole title: neutral, with a bare count of those who wait and nothing of anyone (safety 27). */
export function titleFor(waiting: number): string {
  return waiting > 0 ? `(${waiting}) Chat` : "Chat";
}
