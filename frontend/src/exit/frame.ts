// The frame's end of the link to the page around it. The exit itself is the host's (the loader's): a frame of another
// origin may not navigate the page, so it passes on that Shift was pressed, and wipes itself when it is told to.

import { watchKeys } from "./keys.js";
import { attempt, tellServer } from "./leave.js";
import { GREETING, type ToHost } from "./messages.js";
import { PAUSE } from "./shift.js";

export interface FrameSide {
  /** Origins that may carry the chat, besides our own. */
  readonly hosts: readonly string[];
  readonly wipe: () => void;
  readonly exitToken: () => string | undefined;
  /** The panel was opened (again). */
  readonly onOpened: () => void;
}

export interface HostLink {
  /**
   * While a talk lives: the token for the host's own beacon, in case this frame should not answer. With it the host's
   * next page opens the panel again. Undefined takes it back.
   */
  readonly giveExitToken: (token: string | undefined) => void;
  readonly stop: () => void;
}

/** Waits for the host's greeting and answers it. What is said before the greeting is kept until then. */
export function linkToHost(side: FrameSide): HostLink {
  let port: MessagePort | undefined;
  let kept: ToHost | undefined;
  const tell = (word: ToHost): void => port?.postMessage(word);

  const greeted = (event: MessageEvent<unknown>): void => {
    const given = portOf(event, side.hosts);
    if (!given) return;
    port?.close();
    port = given;
    port.onmessage = ({ data }: MessageEvent<unknown>): void => {
      if (data === "opened") side.onOpened();
      if (data === "wipe") wipe(side, () => tell(["wiped"]));
    };
    tell(["hello"]);
    if (kept) tell(kept);
  };
  const close = (event: KeyboardEvent): void => {
    // In a dialog Esc means "no" to its question, not "away with the panel".
    const isForPanel = event.key === "Escape" && !event.defaultPrevented;
    if (isForPanel && !document.querySelector("dialog[open]")) tell(["close"]);
  };
  const stopKeys = watchKeys(pulses(tell));
  const until = new AbortController();
  addEventListener("message", greeted, until);
  addEventListener("keydown", close, until);
  return {
    giveExitToken: (token = "") => {
      kept = ["exit", token];
      tell(kept);
    },
    stop: () => {
      stopKeys();
      until.abort();
      port?.close();
    },
  };
}

/** The port of a greeting that comes from the page around us, of an origin that may carry the chat; else nothing. */
function portOf(event: MessageEvent<unknown>, hosts: readonly string[]): MessagePort | undefined {
  const isAllowed = event.origin === location.origin || hosts.includes(event.origin);
  const isGreeting = event.source === parent && event.data === GREETING && event.ports.length === 1;
  return isAllowed && isGreeting ? event.ports[0] : undefined;
}

/** The frame wipes itself and sends its own beacon: the host's policy may swallow the loader's. # safety 2 */
function wipe(side: FrameSide, done: () => void): void {
  const token = side.exitToken();
  attempt(side.wipe);
  document.body.replaceChildren();
  attempt(() => tellServer("", token));
  done();
}

/**
 * Passes Shift on, and the first other key within the time in which the host waits for the next Shift: that one starts
 * its count anew, and from all others a host would only learn the rhythm of somebody's typing.
 */
function pulses(tell: (word: ToHost) => void): (alone: boolean) => void {
  let countsUntil = 0;
  return (alone) => {
    const now = Date.now();
    if (alone || now <= countsUntil) tell(["pulse", alone]);
    countsUntil = alone ? now + PAUSE : 0;
  };
}
