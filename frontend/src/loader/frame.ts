// The host's end of the link to the frame: one greeting with a port to exactly our origin, words on the port after it.

import { make } from "../exit/make.js";
import { GREETING, type ToFrame } from "../exit/messages.js";
import type { Panel } from "./host.js";

/** How long the frame may take to wipe itself before it is taken away all the same. # safety 2 */
const WIPE_MS = 100;

export interface FrameEvents {
  readonly hello: () => void;
  /** Keys that were pressed inside the frame: Shift alone, or something else. */
  readonly pulse: (isShiftAlone: boolean) => void;
  /** A talk lives, and this ends it; "": none lives. */
  readonly exit: (token: string) => void;
  readonly close: () => void;
}

export interface ChatFrame {
  readonly element: HTMLIFrameElement;
  readonly tell: (word: ToFrame) => void;
  /** Lets the frame wipe itself and takes it away. If it was silent: gives the token that it gave, or else the flag. */
  readonly wipe: Panel["wipe"];
}

/** Makes the frame, its address already set: inserted so, it adds nothing to the history. # safety 4 */
export function makeFrame(title: string, src: string, on: FrameEvents): ChatFrame {
  const element = make("iframe", { title, src, referrerpolicy: "no-referrer" });
  let port: MessagePort | undefined;
  let exitToken: string | undefined;

  // What is no word of ours, or not with a value of its kind, is dropped. # safety 32
  const hear = ({ data }: MessageEvent<unknown>): void => {
    const [word, value] = Array.isArray(data) ? (data as unknown[]) : [];
    if (word === "pulse" && typeof value === "boolean") on.pulse(value);
    else if (word === "exit" && typeof value === "string") {
      exitToken = value;
      on.exit(value);
    } else if (word === "hello") on.hello();
    else if (word === "close") on.close();
  };
  element.onload = (): void => {
    port?.close();
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = hear;
    element.contentWindow?.postMessage(GREETING, new URL(src).origin, [channel.port2]);
  };
  const tell = (word: ToFrame): void => port?.postMessage(word);
  const wipe: ChatFrame["wipe"] = (flag, done) => {
    const end = (token?: string): void => {
      clearTimeout(timer);
      port?.close();
      element.remove();
      done(token);
    };
    // The frame tells the server itself: the host's policy may swallow a request of ours.
    const timer = setTimeout(() => end(exitToken ?? flag), WIPE_MS);
    // Nothing else is heard any more: a token that was on its way would put the flag up again.
    if (port) {
      port.onmessage = ({ data }: MessageEvent<unknown>): void => {
        if (String(data) === "wiped") end();
      };
    }
    tell("wipe");
  };
  return { element, tell, wipe };
}
