import type { AnyEvent, NumberedEvent } from "./events.js";

const entry = { conversation: "", number: 0, at: 0 };
const snapshot = { conversation: "", participant: "", line: "", language: "", state: "", newest: 0 };

/** What every event looks like: the fields without which it can't be used. A newer server may add others. */
const EVENTS = new Map<unknown, unknown>(
  Object.entries({
    hello: { protocol: 0, heartbeat_seconds: 0, conversations: [snapshot] },
    heartbeat: { newest: {}, seconds: 0 },
    queue: { conversation: "", place: 0 },
    waiting: {
      line: "",
      visitors: [{ since: 0, language: "", wants_professional: true, presence: "" }],
      count: 0,
      present: 0,
      present_for_peers: 0,
    },
    typing: { conversation: "", participant: "", is_typing: true },
    presence: { conversation: "", participant: "", state: "", since: 0, away_ms: 0 },
    bye: { code: "", may_return: true },
    opened: entry,
    accepted: { ...entry, participant: "", role: "", names: {}, public_key: "" },
    returned: { ...entry, participant: "", public_key: "" },
    requeued: { ...entry, why: "" },
    key: { ...entry, recipient: "", sealed: "", answers: 0 },
    said: { ...entry, sender: "", id: "", sealed: "" },
    ending: { ...entry, how: "" },
    ended: { ...entry, how: "" },
  }),
);

/** Whether a value is of the kind of another: in a list each item, in a record each field that the other one has. */
function isLike(value: unknown, model: unknown): boolean {
  if (Array.isArray(model)) return Array.isArray(value) && value.every((item) => isLike(item, model[0]));
  if (typeof model !== "object") return typeof value === typeof model;
  const given = value as Record<string, unknown>;
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  return isRecord && Object.entries(model ?? {}).every(([name, part]) => isLike(given[name], part));
}

/**
 * The event, or `undefined` for one that this version doesn't know or that isn't of its form: a newer server may send
 * more, and what it sends must never stop the stream.
 */
export function decodeEvent(value: unknown): AnyEvent | undefined {
  const model = EVENTS.get((value as { event?: unknown } | null | undefined)?.event);
  return model && isLike(value, model) ? (value as AnyEvent) : undefined;
}

/** Whether an event is an entry of a conversation's log. */
export function isNumbered(event: AnyEvent): event is NumberedEvent {
  return "number" in event;
}
