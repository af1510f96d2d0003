import type { AnyEvent, NumberedEvent } from "./events.js";

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string";
const number: Check = (value) => typeof value === "number";
const yes: Check = (value) => typeof value === "boolean";
const record: Check = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const listOf =
  (fields: Record<string, Check>): Check =>
  (value) =>
    Array.isArray(value) && value.every((item) => fits(item, fields));
const mapOf =
  (check: Check): Check =>
  (value) =>
    record(value) && Object.values(value as object).every(check);

const entry = { conversation: text, number, at: number };
const snapshot = {
  conversation: text,
  participant: text,
  line: text,
  language: text,
  state: text,
  newest: number,
};

/** The fields without which an event can't be used; others may be added by a newer server. */
const EVENTS = new Map<unknown, Record<string, Check>>(
  Object.entries({
    hello: { protocol: number, heartbeat_seconds: number, conversations: listOf(snapshot) },
    heartbeat: { newest: mapOf(number) },
    queue: { conversation: text, place: number },
    waiting: { line: text, visitors: listOf({ since: number, language: text, wants_professional: yes }) },
    typing: { conversation: text, participant: text, is_typing: yes },
    bye: { code: text, may_return: yes },
    opened: entry,
    accepted: { ...entry, participant: text, role: text, names: mapOf(text), public_key: text },
    key: { ...entry, recipient: text, sealed: text },
    said: { ...entry, sender: text, id: text, sealed: text },
    ending: { ...entry, how: text },
    ended: { ...entry, how: text },
  }),
);

function fits(value: unknown, fields: Record<string, Check>): boolean {
  if (!record(value)) return false;
  const given = value as Record<string, unknown>;
  return Object.entries(fields).every(([name, check]) => check(given[name]));
}

/**
 * The event, or `undefined` for one that this version doesn't know or that isn't of its form: a newer server may send
 * more, and what it sends must never stop the stream.
 */
export function decodeEvent(value: unknown): AnyEvent | undefined {
  if (!record(value)) return undefined;
  const fields = EVENTS.get((value as { event?: unknown }).event);
  return fields && fits(value, fields) ? (value as AnyEvent) : undefined;
}

/** Whether an event is an entry of a conversation's log. */
export function isNumbered(event: AnyEvent): event is NumberedEvent {
  return "number" in event;
}
