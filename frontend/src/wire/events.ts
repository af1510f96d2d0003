/** Every event that a stream may bring: mirrors `suoja/live/wire.py`, with the wire's own names. */

export type Language = "fi" | "sv" | "en";
export type ConversationState = "waiting" | "active" | "ending" | "ended";
export type EndedHow =
  | "visitor_ended"
  | "helper_ended"
  | "visitor_left_queue"
  | "left_quickly"
  | "visitor_lost"
  | "ended_by_service";
/** Why a talk went back to the front of the queue. */
export type RequeuedWhy = "helper_lost" | "parked";
/** Whether somebody's page is there. Silence is none of these. */
export type PresenceState = "here" | "hidden" | "unreachable" | "left";

/** Where a conversation stands; `participant` is the reader's own code in it. */
export interface Snapshot {
  readonly conversation: string;
  readonly participant: string;
  readonly line: string;
  readonly language: Language;
  readonly state: ConversationState;
  readonly newest: number;
}

export interface WaitingVisitor {
  /** Milliseconds since 1970, by the service's clock. */
  readonly since: number;
  readonly language: Language;
  readonly wants_professional: boolean;
  readonly presence: PresenceState;
}

export interface Hello {
  readonly event: "hello";
  readonly protocol: number;
  readonly heartbeat_seconds: number;
  readonly conversations: readonly Snapshot[];
}

export interface Heartbeat {
  readonly event: "heartbeat";
  readonly newest: Readonly<Record<string, number>>;
  /** How long it is until the next one. */
  readonly seconds: number;
}

export interface Queue {
  readonly event: "queue";
  readonly conversation: string;
  readonly place: number;
}

export interface Waiting {
  readonly event: "waiting";
  readonly line: string;
  /** Not all of them in a long queue: the counts alone tell of all. */
  readonly visitors: readonly WaitingVisitor[];
  readonly count: number;
  /** Of all those who are there, so that one of them may be accepted. */
  readonly present: number;
  /** Of those who are there: whom a peer may accept. */
  readonly present_for_peers: number;
}

export interface Writing {
  readonly event: "typing";
  readonly conversation: string;
  readonly participant: string;
  readonly is_typing: boolean;
}

/** Of a helper the visitor is told "here" and "unreachable" only. */
export interface Presence {
  readonly event: "presence";
  readonly conversation: string;
  readonly participant: string;
  readonly state: PresenceState;
  /** When this state began: milliseconds since 1970, by the service's clock. */
  readonly since: number;
  /** Of somebody who is here: for how long they had not been just before; else 0. */
  readonly away_ms: number;
}

export interface Bye {
  readonly event: "bye";
  readonly code: "slow" | "restart" | "revoked" | "over" | "superseded";
  readonly may_return: boolean;
}

interface Entry {
  readonly conversation: string;
  readonly number: number;
  /** Milliseconds since 1970, by the service's clock. */
  readonly at: number;
}

export interface ConversationOpened extends Entry {
  readonly event: "opened";
}

export interface Accepted extends Entry {
  readonly event: "accepted";
  readonly participant: string;
  readonly role: "professional" | "peer";
  /** The name shown, by language code. */
  readonly names: Readonly<Record<string, string>>;
  readonly public_key: string;
}

/** The same helper's page has another key pair: the key is to be sealed anew. */
export interface Returned extends Entry {
  readonly event: "returned";
  readonly participant: string;
  readonly public_key: string;
}

/** No helper holds the talk any more: it is first in the queue again, with its log. */
export interface Requeued extends Entry {
  readonly event: "requeued";
  readonly why: RequeuedWhy;
}

export interface KeySealed extends Entry {
  readonly event: "key";
  readonly recipient: string;
  readonly sealed: string;
  /** The number of the `accepted` or `returned` to whose public key it is sealed. */
  readonly answers: number;
}

export interface Said extends Entry {
  readonly event: "said";
  readonly sender: string;
  readonly id: string;
  readonly sealed: string;
}

export interface Ending extends Entry {
  readonly event: "ending";
  readonly how: EndedHow;
}

export interface Ended extends Entry {
  readonly event: "ended";
  readonly how: EndedHow;
}

export type NumberedEvent =
  | ConversationOpened
  | Accepted
  | Returned
  | Requeued
  | KeySealed
  | Said
  | Ending
  | Ended;
export type AnyEvent = Hello | Heartbeat | Queue | Waiting | Writing | Presence | Bye | NumberedEvent;
