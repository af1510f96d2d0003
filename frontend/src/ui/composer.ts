import { h } from "./h.js";
import type { UiKey, Words } from "./words.js";

export interface ComposerOptions {
  /** The text as written, never empty. Nothing leaves before this. */
  readonly onSend: (text: string) => void;
  /** That somebody writes, or has stopped; not a word of what. */
  readonly onTyping?: (isTyping: boolean) => void;
  /** The media in which Enter sends and Shift + Enter makes a new line; elsewhere Enter is a new line. */
  readonly enterSends: string;
}

export interface Composer {
  readonly element: HTMLFormElement;
  readonly focus: () => void;
  /** What is written and not sent. */
  readonly draft: () => string;
  /** With nothing in it. */
  readonly clear: () => void;
  readonly setEnabled: (isEnabled: boolean) => void;
}

/** Told again at most this often, and "has stopped" after a pause of this length. */
const TYPING_MS = 5000;

export function createComposer(words: Words<UiKey>, options: ComposerOptions): Composer {
  const input = textarea(words("message"));
  const draft = (): string => input.value.trimEnd();
  const button = h("button", { class: "button button-go", type: "submit" }, words("send"));
  const element = h("form", { class: "composer", autocomplete: "off" }, input, button);
  const typing = typingTeller(options.onTyping);
  const clear = (): void => {
    input.value = "";
    growWithLines(input);
    typing(false);
  };

  element.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!button.disabled && draft().trim()) {
      options.onSend(draft());
      clear();
    }
    input.focus();
  });
  input.addEventListener("input", () => {
    growWithLines(input);
    typing(input.value !== "");
  });
  input.addEventListener("keydown", (event) => {
    const isEnter = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (isEnter && matchMedia(options.enterSends).matches) {
      event.preventDefault();
      button.click();
    }
  });
  const setEnabled = (isEnabled: boolean): void => {
    // The text stays writable; only sending has to wait.
    button.disabled = !isEnabled;
  };
  return { element, draft, clear, setEnabled, focus: (): void => input.focus() };
}

/**
 * Safety 12: spellcheckers and writing aids of browsers send what is typed to somebody's server, and completion keeps
 * it on the device. All of them are off; capitals at the start of a sentence are made by the phone itself.
 */
function textarea(label: string): HTMLTextAreaElement {
  return h("textarea", {
    class: "input",
    "aria-label": label,
    rows: "1",
    placeholder: label,
    spellcheck: "false",
    autocomplete: "off",
    autocorrect: "off",
    autocapitalize: "sentences",
    writingsuggestions: "false",
    translate: "no",
    "data-gramm": "false",
  });
}

/** Grows with its lines; the style sheet says up to how many. */
function growWithLines(input: HTMLTextAreaElement): void {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight + input.offsetHeight - input.clientHeight}px`;
}

function typingTeller(tell: ComposerOptions["onTyping"]): (isTyping: boolean) => void {
  let toldAt = 0;
  let stop: ReturnType<typeof setTimeout> | undefined;
  const stopped = (): void => {
    clearTimeout(stop);
    if (toldAt > 0) tell?.(false);
    toldAt = 0;
  };
  return (isTyping) => {
    if (!isTyping) return stopped();
    clearTimeout(stop);
    stop = setTimeout(stopped, TYPING_MS);
    if (Date.now() - toldAt < TYPING_MS) return;
    toldAt = Date.now();
    tell?.(true);
  };
}
