// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { AnyEvent } from "../wire/index.js";
import { openStream, type Stream, type StreamState } from "./stream.js";

const hello = { event: "hello", protocol: 1, heartbeat_seconds: 8, conversations: [] };
const heartbeat = { event: "heartbeat", newest: { c: 3 }, seconds: 8 };
const utf8 = new TextEncoder();

/** The network's end: each request to /live/events is a stream that the test writes into. */
class Server {
  readonly here: unknown[] = [];
  isKeptAlive = false;
  hereGrant = "";
  readonly tries: { signal: AbortSignal; body: string; grant: string }[] = [];
  refusals: Response[] = [];
  isDown = false;
  /** Passes on only what is complete, as some proxies do. */
  isBuffering = false;
  /** What a poll finds, one body for each. */
  waiting: object[][] = [];
  #writer: ReadableStreamDefaultController<Uint8Array> | undefined;

  readonly fetch = async (
    address: string,
    { body, headers, signal, keepalive }: RequestInit,
  ): Promise<Response> => {
    if (address === "/live/here") {
      this.here.push(JSON.parse(String(body)));
      this.isKeptAlive = keepalive ?? false;
      this.hereGrant = (headers as { Authorization: string }).Authorization;
      return new Response(null, { status: 204 });
    }
    const { Authorization: grant } = headers as { Authorization: string };
    this.tries.push({ signal: signal as AbortSignal, body: String(body), grant });
    if (this.isDown) throw new TypeError("failed to fetch");
    const refusal = this.refusals.shift();
    if (refusal) return refusal;
    if (JSON.parse(String(body)).poll) return this.#whole(signal as AbortSignal);
    return this.#stream(signal as AbortSignal);
  };

  polls(): (string | null)[] {
    return this.tries.map(({ body }) => (JSON.parse(body) as { poll: string | null }).poll);
  }

  #whole(signal: AbortSignal): Response | Promise<Response> {
    const events = this.waiting.shift();
    // As "next" does while nothing comes.
    if (!events) {
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    }
    return new Response(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(""));
  }

  #stream(signal: AbortSignal): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (writer) => {
        this.#writer = writer;
        signal.addEventListener("abort", () => writer.error(signal.reason));
      },
    });
    return new Response(body);
  }

  write(text: string): void {
    if (!this.isBuffering) this.#writer?.enqueue(utf8.encode(text));
  }

  send(event: object): void {
    this.write(`data: ${JSON.stringify(event)}\n\n`);
  }

  end(): void {
    this.#writer?.close();
  }
}

let server: Server;
let stream: Stream | undefined;
let events: AnyEvent[];
let states: StreamState[];
let epoch: number;

beforeEach(() => {
  vi.useFakeTimers();
  // The longest wait of each try.
  vi.spyOn(Math, "random").mockReturnValue(1);
  server = new Server();
  vi.stubGlobal("fetch", server.fetch);
  events = [];
  states = [];
  epoch = 2;
  seen("visible");
});
afterEach(() => {
  stream?.close();
  vi.useRealTimers();
});
const pass = (milliseconds = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);
const seen = (state: "visible" | "hidden"): void => {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
};
async function open(): Promise<void> {
  let grants = 0;
  const grant = (): string => {
    grants += 1;
    return `grant-${grants}`;
  };
  const positions = (): Record<string, number> => ({ c: 2 });
  const onEvent = (event: AnyEvent): number => events.push(event);
  stream = openStream({
    grant,
    epoch: () => epoch,
    positions,
    onEvent,
    onState: (state) => states.push(state),
  });
  await pass();
}

describe("openStream", () => {
  test("is open with the hello, and gives events in the order in which they come", async () => {
    await open();
    server.send(hello);
    server.send({ event: "queue", conversation: "c", place: 1 });
    await pass();
    expect(events.map(({ event }) => event)).toEqual(["hello", "queue"]);
    expect(states).toEqual(["connecting", "open"]);
    expect(server.tries[0]).toMatchObject({
      body: '{"epoch":2,"protocol":1,"poll":null}',
      grant: "Bearer grant-1",
    });
  });

  test("joins an event that arrives in pieces, and passes over comments and what it doesn't know", async () => {
    await open();
    server.send(hello);
    server.write(': still here\n\ndata: {"event": "que');
    await pass();
    server.write('ue", "conversation": "c", "place": 2}\n\ndata: {"event": "new"}\n\ndata: no json\n\n');
    await pass();
    expect(events.map(({ event }) => event)).toEqual(["hello", "queue"]);
  });

  test("answers each heartbeat with how far it has come", async () => {
    await open();
    server.send(hello);
    server.send(heartbeat);
    await pass();
    expect(server.here).toEqual([{ epoch: 2, positions: { c: 2 }, state: "here" }]);
  });

  test("answers heartbeats under the newest grant, so that the server can keep the stream open", async () => {
    await open();
    server.send(hello);
    server.send(heartbeat);
    await pass();
    expect(server.hereGrant).toBe("Bearer grant-2");
    server.send(heartbeat);
    await pass();
    expect(server.hereGrant).toBe("Bearer grant-3");
    expect(server.tries).toHaveLength(1);
  });

  test("tells at once that it has everything when the talk ends, so that the contents go", async () => {
    await open();
    server.send(hello);
    server.send({ event: "ending", conversation: "c", number: 3, at: 0, how: "helper_ended" });
    await pass();
    expect(server.here).toHaveLength(1);
  });

  // safety 30
  test("notices silence within 20 s and says that the connection is lost", async () => {
    await open();
    server.send(hello);
    await pass(17_000);
    expect(states).toEqual(["connecting", "open"]);
    await pass(501);
    expect(states).toEqual(["connecting", "open", "lost"]);
  });

  // safety 30
  test("follows the pace that each heartbeat tells, so that silence is noticed as soon in a talk", async () => {
    await open();
    server.send({ ...hello, heartbeat_seconds: 25 });
    server.send(heartbeat);
    await pass(17_501);
    expect(states.at(-1)).toBe("lost");
    await pass(1001);
    server.send(hello);
    server.send({ ...heartbeat, seconds: 25 });
    await pass(45_000);
    expect(states.at(-1)).toBe("open");
  });

  // safety 10
  test("tells at once that the page is hidden, shown or left, and the last outlives the page", async () => {
    await open();
    server.send(hello);
    await pass();
    seen("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    await pass();
    seen("visible");
    document.dispatchEvent(new Event("visibilitychange"));
    await pass();
    dispatchEvent(new Event("pagehide"));
    await pass();
    expect(server.here).toMatchObject([{ state: "hidden" }, { state: "here" }, { state: "leaving" }]);
    expect(server.isKeptAlive).toBe(true);
  });

  test("is not taken for hidden when it is left: browsers hide a page after they have said that it goes", async () => {
    await open();
    server.send(hello);
    await pass();
    dispatchEvent(new Event("pagehide"));
    seen("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    await pass();
    expect(server.here.at(-1)).toMatchObject({ state: "leaving" });
    seen("visible");
    dispatchEvent(new Event("pageshow"));
    await pass();
    expect(server.here.at(-1)).toMatchObject({ state: "here" });
  });

  test("says at its return that it is hidden, for who comes back in the background is not here", async () => {
    seen("hidden");
    await open();
    server.send(hello);
    await pass();
    expect(server.here).toMatchObject([{ state: "hidden" }]);
  });

  test("comes back with a fresh grant, within a second at first and never later than after 30", async () => {
    await open();
    server.isDown = true;
    server.end();
    await pass(1001);
    expect(server.tries[1]?.grant).toBe("Bearer grant-2");
    await pass(200_000);
    const before = server.tries.length;
    await pass(30_001);
    expect(server.tries.length).toBeGreaterThan(before);
  });

  test.each(["online", "pageshow"])("comes back at once on %s", async (sign) => {
    server.isDown = true;
    await open();
    await pass(3100);
    const before = server.tries.length;
    server.isDown = false;
    dispatchEvent(new Event(sign));
    await pass();
    server.send(hello);
    await pass();
    expect(server.tries.length).toBe(before + 1);
    expect(states.at(-1)).toBe("open");
  });

  test("says lost at once when the browser knows that it is offline", async () => {
    await open();
    server.send(hello);
    await pass();
    dispatchEvent(new Event("offline"));
    await pass();
    expect(states.at(-1)).toBe("lost");
  });

  test("comes back at once on waking from a sleep in which the connection died", async () => {
    await open();
    server.send(hello);
    await pass();
    vi.setSystemTime(Date.now() + 3_600_000);
    document.dispatchEvent(new Event("visibilitychange"));
    await pass(1);
    expect(server.tries).toHaveLength(2);
  });

  test.each([
    [401, "unauthorised", "unauthorised"],
    [410, "gone", "gone"],
    [409, "superseded", "superseded"],
    [403, "not_yours", "refused"],
  ] as const)("ends on %i %s, and never tries again", async (status, error, state) => {
    server.refusals = [Response.json({ error }, { status })];
    await open();
    await pass(120_000);
    dispatchEvent(new Event("online"));
    await pass(60_000);
    expect(states.at(-1)).toBe(state);
    expect(server.tries).toHaveLength(1);
  });

  // safety 10
  test("ends when another page has taken up the seat, and never comes back", async () => {
    await open();
    server.send(hello);
    server.send({ event: "bye", code: "superseded", may_return: false });
    await pass(120_000);
    dispatchEvent(new Event("pageshow"));
    await pass(60_000);
    expect([states.at(-1), server.tries.length]).toEqual(["superseded", 1]);
  });

  test("shows the epoch of the moment with each try", async () => {
    await open();
    epoch = 3;
    server.end();
    await pass(1001);
    expect(server.tries.map(({ body }) => (JSON.parse(body) as { epoch: number }).epoch)).toEqual([2, 3]);
  });

  test.each([401, 403, 410])("tries again after a %i that is not ours", async (status) => {
    server.refusals = [new Response("<html>Sign in to the network</html>", { status })];
    await open();
    await pass(1001);
    server.send(hello);
    await pass();
    expect(states).toEqual(["connecting", "lost", "open"]);
  });

  test.each([429, 500, 503])("tries again after %i", async (status) => {
    server.refusals = [Response.json({ error: "too_fast" }, { status })];
    await open();
    await pass(1001);
    server.send(hello);
    await pass();
    expect(states).toEqual(["connecting", "lost", "open"]);
  });

  test("comes back after a bye that allows it, and stays away after one that doesn't", async () => {
    await open();
    server.send(hello);
    server.send({ event: "bye", code: "restart", may_return: true });
    server.end();
    await pass(1001);
    server.send(hello);
    server.send({ event: "bye", code: "revoked", may_return: false });
    server.end();
    await pass(120_000);
    expect(server.tries).toHaveLength(2);
    expect(states.at(-1)).toBe("closed");
  });

  test("asks piece by piece when a proxy holds the stream back, and gives the same events", async () => {
    server.isBuffering = true;
    await open();
    server.waiting = [
      [hello, { event: "queue", conversation: "c", place: 3 }],
      [{ event: "queue", conversation: "c", place: 2 }, heartbeat],
      [{ event: "queue", conversation: "c", place: 1 }],
    ];
    await pass(4999);
    expect(states).toEqual(["connecting"]);
    await pass(1002);
    expect(events.filter(({ event }) => event === "queue")).toMatchObject([
      { place: 3 },
      { place: 2 },
      { place: 1 },
    ]);
    expect(server.polls()).toEqual([null, "begin", "next", "next", "next"]);
    expect([states, server.here.length]).toEqual([["connecting", "lost", "open"], 1]);
  });

  test("begins the poll anew when an answer was lost, and goes on by it from then on", async () => {
    server.isBuffering = true;
    await open();
    server.waiting = [[hello]];
    await pass(6001);
    await pass(17_501);
    server.waiting = [[hello]];
    await pass(1001);
    expect(server.polls()).toEqual([null, "begin", "next", "begin", "next"]);
    expect(states.at(-1)).toBe("open");
  });

  test("doesn't ask without end when somebody between answers with nothing", async () => {
    server.isBuffering = true;
    await open();
    server.waiting = [[hello], [], [], [], []];
    await pass(6001);
    expect(server.polls()).toEqual([null, "begin", "next"]);
    await pass(1001);
    expect(server.polls()).toEqual([null, "begin", "next", "begin"]);
  });

  test("stops for good when it is closed", async () => {
    await open();
    server.send(hello);
    await pass();
    stream?.close();
    dispatchEvent(new Event("pagehide"));
    await pass(120_000);
    expect([server.tries.length, server.here, server.tries[0]?.signal.aborted]).toEqual([1, [], true]);
  });
});
