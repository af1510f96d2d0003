// What a person does on a page and sees of it. Elements are found by role and accessible name, as in the journeys.

const LOG = '[role="log"][aria-label="Conversation"]';

export function accessibleName(element) {
  const label = element.getAttribute("aria-label");
  const by = element.getAttribute("aria-labelledby");
  const text = by ? element.ownerDocument.getElementById(by)?.textContent : element.textContent;
  return (label ?? text ?? "").trim();
}

export function isShown(element) {
  return !element.closest("[hidden]");
}

/** The buttons of this name that could be pressed now. */
function buttons({ document }, name) {
  const pressable = [...document.querySelectorAll("button")].filter((one) => isShown(one) && !one.disabled);
  return pressable.filter((one) => accessibleName(one) === name);
}

/** Presses a button; false when there is none of this name, or it can't be pressed. */
export function press(page, name) {
  const [button] = buttons(page, name);
  button?.click();
  return button !== undefined;
}

/** The quick exit. */
export function leave(page) {
  const exit = page.document.getElementById("exit");
  exit?.click();
  return exit !== null;
}

export function choose(page, value) {
  const [choice] = page.document.querySelectorAll(`input[value="${value}"]`);
  choice?.click();
  return choice !== undefined;
}

/** Types a text and presses Send; false when there is nowhere to write, or it can't be sent just now. */
export function write(page, text) {
  const { field, send } = composer(page) ?? {};
  if (send?.disabled !== false) return false;
  field.value = text;
  field.dispatchEvent(new page.window.Event("input", { bubbles: true }));
  send.click();
  return true;
}

function composer({ document }) {
  const field = [...document.querySelectorAll('textarea[aria-label="Message"]')].filter(isShown).at(-1);
  const send = field?.form?.querySelector("button[type=submit]");
  return send && { field, send };
}

/** Everything in the log, from above: messages with the mark beside them, and events. */
export function log(page) {
  const last = [...page.document.querySelectorAll(LOG)].at(-1);
  return [...(last?.children ?? [])].map(entry);
}

function entry(element) {
  const text = element.querySelector(".message-text")?.textContent;
  if (text === undefined) return { event: element.textContent };
  const state = element.querySelector(".message-state")?.textContent ?? "";
  return { text, state, isOwn: element.classList.contains("message-own") };
}

/** The words of each status on the page, by its name; and which state the widget is in. */
export function sights(page) {
  const shown = [...page.document.querySelectorAll("[role=status][aria-label]")].filter(isShown);
  const statuses = Object.fromEntries(shown.map((one) => [accessibleName(one), one.textContent.trim()]));
  const { state = "" } = page.document.querySelector("[data-state]")?.dataset ?? {};
  const marks = [...page.document.querySelectorAll("button")].filter((one) => isShown(one) && !one.disabled);
  return {
    state,
    statuses,
    hasTalk: log(page).length > 0,
    mayWrite: composer(page)?.send.disabled === false,
    buttons: marks.map(accessibleName),
    text: words(page.document.body),
    isAvailable: page.document.getElementById("available")?.getAttribute("aria-checked") === "true",
    memory: { ...page.window.sessionStorage },
    hasLeft: page.hasLeft,
  };
}

/** What stands on a page to be read: not the data that its script was given. */
function words(body) {
  const read = [...body.children].filter(({ tagName }) => tagName !== "SCRIPT");
  return read.map(({ textContent }) => textContent.replaceAll(/\s+/gu, " ").trim()).join(" ");
}
