/** Whether the next visitor of a line may be accepted now; if not, the reason, as the key of its words. No I/O. */
import type { WaitingVisitor } from "../wire/index.js";
import { isAway } from "./presence.js";

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

/**
 * The first reason that speaks. M13: one conversation at a time. M22: a peer is not for who asks for a professional.
 * Who is away keeps the place and can't be accepted; a page in the background is not away.
 */
export function hindrance(helper: HelperNow, visitors: readonly WaitingVisitor[]): Hindrance | undefined {
  if (!helper.isOnDuty) return "off_duty";
  if (!helper.isConnected) return "no_connection";
  if (helper.hasConversation) return "one_at_a_time";
  if (!helper.isAvailable) return "not_available";
  if (visitors.length === 0) return "nobody_waits";
  const present = visitors.filter(({ presence }) => !isAway(presence));
  if (present.length === 0) return "nobody_present";
  const isForHelper = present.some((visitor) => !(helper.isPeer && visitor.wants_professional));
  return isForHelper ? undefined : "only_for_professionals";
}

/** The page's whole title: neutral, with a bare count of those who wait and nothing of anyone (safety 27). */
export function titleFor(waiting: number): string {
  return waiting > 0 ? `(${waiting}) Chat` : "Chat";
}
