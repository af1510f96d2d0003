// The host's end of the link to the frame: one greeting with a port to exactly our origin, words on the port after it.

import { make } from "../exit/make.js";
import { GREETING, type ToFrame } from "../exit/messages.js";

/** How long the frame may take to wipe itself before it is taken away all the same. # safety 2 */
const WIPE_MS = 100;

export interface FrameEvents {
  readonly hello: () => void;
  /** Keys that were pressed inside the frame: Shift alone, or something else. */
  readonly pulse: (isShiftAlone: boolean) => void;
  readonly talk: (isLive: boolean) => void;
  readonly close: () => void;
}

export interface ChatFrame {
  readonly element: HTMLIFrameElement;
  readonly tell: (word: ToFrame) => void;
  /** Lets the frame wipe itself and takes it away; gives the exit token if the frame was silent. */
  readonly wipe: (done: (exitToken?: string) => void) => void;
}

/** Makes the frame, its address already set: inserted so, it adds nothing to the history. # safety 4 */
export function makeFrame(src: string, on: FrameEvents): ChatFrame {
  const element = make("iframe", { title: "Chat", src, referrerpolicy: "no-referrer" });
  let port: MessagePort | undefined;
  let exitToken: string | undefined;
  let wiped: () => void = () => undefined;

  // What is no word of ours, or not with a value of its kind, is dropped. # safety 32
  const hear = ({ data }: MessageEvent<unknown>): void => {
    const [word, value] = Array.isArray(data) ? (data as unknown[]) : [];
    if (typeof value === "boolean") hearSwitch(on, word, value);
    else if (word === "exit" && typeof value === "string") exitToken = value;
    else if (word === "hello") on.hello();
    else if (word === "close") on.close();
    else if (word === "wiped") wiped();
  };
  element.onload = (): void => {
    port?.close();
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = hear;
    element.contentWindow?.postMessage(GREETING, new URL(src).origin, [channel.port2]);
  };
  const tell = (word: ToFrame): void => port?.postMessage(word);
  const wipe: ChatFrame["wipe"] = (done) => {
    const end = (token?: string): void => {
      clearTimeout(timer);
      wiped = (): void => undefined;
      element.remove();
      done(token);
    };
    // The frame tells the server itself: the host's policy may swallow a request of ours.
    const timer = setTimeout(() => end(exitToken), WIPE_MS);
    wiped = (): void => end();
    tell("wipe");
  };
  return { element, tell, wipe };
}

function hearSwitch(on: FrameEvents, word: unknown, value: boolean): void {
  if (word === "pulse") on.pulse(value);
  if (word === "talk") on.talk(value);
}
