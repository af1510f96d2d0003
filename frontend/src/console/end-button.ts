import { button, openDialog } from "../ui/index.js";
import type { ConsoleWords } from "./words.js";

/** The button **End conversation**, which asks once more. */
export function endButton(words: ConsoleWords, end: () => void): HTMLButtonElement {
  return button("button-small button-quiet", words("end_conversation"), () =>
    openDialog({
      title: words("end_question"),
      text: words("end_means"),
      yes: words("end"),
      no: words("go_on"),
      onYes: end,
    }),
  );
}
