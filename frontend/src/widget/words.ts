import { createWords, type UiKey, type Words } from "../ui/index.js";

/** What the widget says, beside what `ui` does; `suoja/widget/words.py` gives the texts, and a test compares the two. */
export const WIDGET_KEYS = [
  "chat",
  "exit_cover",
  "exit_two",
  "exit_one",
  "exit_late",
  "which_line",
  "open_now",
  "not_open",
  "nobody_on_duty",
  "many_now",
  "answered_in",
  "in_fi",
  "in_sv",
  "in_en",
  "and",
  "notice_1",
  "notice_2",
  "notice_3",
  "notice_4",
  "notice_5",
  "want_professional",
  "emergency",
  "start",
  "starting",
  "choose_first",
  "no_connection",
  "just_closed",
  "closed_title",
  "closed_nobody",
  "closed_many",
  "closed_hint",
  "other_help",
  "help_while_waiting",
  "queue_name",
  "queue_title",
  "queue_1",
  "queue_2",
  "queue_3",
  "queue_n",
  "queue_kept",
  "ahead_0",
  "ahead_1",
  "ahead_n",
  "your_pane",
  "leave_queue",
  "joined",
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
  "ended_by_visitor",
  "ended_by_helper",
  "ended_by_service",
  "ended_kept",
  "close",
  "gone_title",
  "gone_text",
  "failed_title",
  "failed_text",
  "try_again",
  "unsupported_title",
  "unsupported_text",
  "full_page",
] as const;

/** Said otherwise on the children's line: simply and informally (safety 22). */
export const YOUNG_KEYS = [
  "notice_1",
  "notice_2",
  "notice_3",
  "notice_4",
  "notice_5",
  "queue_kept",
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
