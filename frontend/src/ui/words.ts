/** What this room says. Each app's `words.py` gives these keys and its own; a test compares them. */
export const UI_KEYS = [
  "log_name",
  "you",
  "message",
  "send",
  "sending",
  "sent",
  "not_sent",
  "failed",
  "new_messages",
  "unreadable",
  "missing",
] as const;

export type UiKey = (typeof UI_KEYS)[number];

/** Gives a text of the page's language, with `{name}` replaced by the value of that name. */
export type Words<Key extends string> = (
  key: Key,
  values?: Readonly<Record<string, string | number>>,
) => string;

export function createWords<Key extends string>(texts: Readonly<Record<string, string>>): Words<Key> {
  return (key, values = {}) =>
    (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
