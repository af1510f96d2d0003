// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type HostLink, linkToHost } from "./frame.js";
import { GREETING } from "./messages.js";

const HOST = "https://www.example.org";

let heard: unknown[] = [];
let calls: string[] = [];
let link: HostLink;
let ports: MessagePort[] = [];

function greet(changes: MessageEventInit = {}): MessagePort {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  port1.onmessage = ({ data }): void => void heard.push(data);
  const init = { data: GREETING, origin: HOST, source: parent, ports: [port2], ...changes };
  dispatchEvent(Object.assign(new Event("message"), init));
  return port1;
}

const delivered = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

function press(type: string, key: string): void {
  document.body.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true }));
}

beforeEach(() => {
  heard = [];
  calls = [];
  ports = [];
  document.body.replaceChildren("a talk");
  vi.stubGlobal("navigator", {
    sendBeacon: (url: string, body: string) => calls.push(`told ${url} ${body}`),
  });
  link = linkToHost({
    hosts: [HOST],
    wipe: () => calls.push("wiped"),
    exitToken: () => "exit-only",
    onOpened: () => calls.push("opened"),
  });
});

afterEach(() => {
  link.stop();
  for (const port of ports) port.close();
  vi.unstubAllGlobals();
});

// safety 32
describe("the frame's link to the host", () => {
  it("answers a greeting of a site that may carry the chat", async () => {
    greet();
    await delivered();
    expect(heard).toEqual([["hello"]]);
  });

  it.each([
    ["another origin", { origin: "https://evil.example" }],
    ["another window", { source: null }],
    ["another word", { data: "hello" }],
    ["no port", { ports: [] }],
  ])("drops a greeting from or with %s", async (_what, changes) => {
    greet(changes);
    press("keyup", "Shift");
    await delivered();
    expect(heard).toEqual([]);
  });

  it("drops words that it does not know", async () => {
    const host = greet();
    host.postMessage({ wipe: true });
    host.postMessage("read");
    await delivered();
    expect(calls).toEqual([]);
  });

  it("keeps what was said before the greeting", async () => {
    link.giveExitToken(undefined);
    link.giveExitToken("exit-only");
    greet();
    await delivered();
    expect(heard).toEqual([["hello"], ["exit", "exit-only"]]);
  });

  it("takes the exit token back", async () => {
    greet();
    link.giveExitToken(undefined);
    await delivered();
    expect(heard).toEqual([["hello"], ["exit", ""]]);
  });

  // safety 3
  it("passes Shift on: this is the test that misses a removed listener", async () => {
    greet();
    press("keyup", "Shift");
    await delivered();
    expect(heard).toEqual([["hello"], ["pulse", true]]);
  });

  it("does not tell the host the rhythm of somebody's typing", async () => {
    greet();
    for (const key of ["a", "b", "c"]) press("keydown", key);
    press("keyup", "Shift");
    for (const key of ["d", "e", "f"]) press("keydown", key);
    await delivered();
    expect(heard).toEqual([["hello"], ["pulse", true], ["pulse", false]]);
  });

  // safety 3
  it("keeps in step with the host's count, however often and slowly Shift was pressed", async () => {
    greet();
    const clock = vi.spyOn(Date, "now").mockReturnValue(0);
    press("keyup", "Shift");
    clock.mockReturnValue(5300);
    press("keydown", "a");
    press("keyup", "Shift");
    press("keyup", "Shift");
    press("keydown", "a");
    press("keydown", "b");
    press("keyup", "Shift");
    await delivered();
    const passed = [true, true, true, false, true];
    expect(heard).toEqual([["hello"], ...passed.map((alone) => ["pulse", alone])]);
  });

  // safety 2
  it("wipes itself, tells the server itself, and answers", async () => {
    const host = greet();
    host.postMessage("wipe");
    await delivered();
    expect(calls).toEqual(["wiped", "told /live/exit exit-only"]);
    expect(document.body.textContent).toBe("");
    expect(heard.at(-1)).toEqual(["wiped"]);
  });

  // safety 19
  it("closes the panel at Esc, but not while a dialog asks something", async () => {
    greet();
    const dialog = document.body.appendChild(document.createElement("dialog"));
    dialog.setAttribute("open", "");
    press("keydown", "Escape");
    await delivered();
    expect(heard).toEqual([["hello"]]);
    dialog.remove();
    press("keydown", "Escape");
    await delivered();
    expect(heard.at(-1)).toEqual(["close"]);
  });

  it("hears that the panel was opened", async () => {
    greet().postMessage("opened");
    await delivered();
    expect(calls).toEqual(["opened"]);
  });
});
