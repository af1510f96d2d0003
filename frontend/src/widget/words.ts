import { createWords, type UiKey, type Words } from "../ui/index.js";

/** What the widget says, beside what `ui` does; `suoja/widget/words.py` gives the texts, and a test compares the two. */
export const WIDGET_KEYS = [
  "chat",
  "exit_cover",
  "exit_two",
  "exit_one",
  "exit_late",
  "open_now",
  "not_open",
  "nobody_on_duty",
  "many_now",
  "answered_in",
  "in_fi",
  "in_sv",
  "in_en",
  "and",
  "starting",
  "choose_first",
  "no_connection",
  "just_closed",
  "queue_1",
  "queue_2",
  "queue_3",
  "queue_n",
  "queue_kept",
  "ahead_0",
  "ahead_1",
  "ahead_n",
  "your_pane",
  "requeued_helper_lost",
  "requeued_parked",
  "joined",
  "reads_on",
  "returned",
  "own_pace",
  "end_conversation",
  "end_title",
  "end_text",
  "end_yes",
  "end_no",
  "typing",
  "helper",
  "connection_name",
  "connection_lost",
  "connection_back",
  "helper_away",
  "ended_by_visitor",
  "ended_by_helper",
  "ended_by_service",
  "ended_by_absence",
  "close",
  "begin_again",
] as const;

/** Said otherwise on the children's line: simply and informally (safety 22). */
export const YOUNG_KEYS = [
  "queue_kept",
  "requeued_helper_lost",
  "requeued_parked",
  "helper_away",
  "ended_by_absence",
  "own_pace",
  "end_text",
] as const;

export type WidgetWords = Words<(typeof WIDGET_KEYS)[number] | UiKey>;

/** The code of the children's line. */
export const YOUNG = "young";

/** The words of a line: the children's own where there are some, everybody's otherwise. */
export function wordsFor(texts: Readonly<Record<string, string>>, line?: string): WidgetWords {
  const words = createWords<string>(texts);
  return (key, values) => words(line === YOUNG && `${key}_young` in texts ? `${key}_young` : key, values);
}
