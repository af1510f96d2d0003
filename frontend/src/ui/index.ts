/** The one door to what visitors' and helpers' pages share: the log, the composer, a dialog, and the talk itself. */
export { formatTime } from "./clock.js";
export { type Composer, type ComposerOptions, createComposer } from "./composer.js";
export { type DialogOptions, openBeside, openDialog } from "./dialog.js";
export { button, type Child, h, icon, svg } from "./h.js";
export { type ConversationLog, createConversationLog, type Mark, type ShownMessage } from "./log.js";
export { Talk, type TalkOptions } from "./talk.js";
export { createWords, UI_KEYS, type UiKey, type Words } from "./words.js";
