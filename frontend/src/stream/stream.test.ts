// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { AnyEvent } from "../wire/index.js";
import { openStream, type Stream, type StreamState } from "./stream.js";

const hello = { event: "hello", protocol: 1, heartbeat_seconds: 8, conversations: [] };
const heartbeat = { event: "heartbeat", newest: { c: 3 } };
const utf8 = new TextEncoder();

/** The network's end: each request to /live/events is a stream that the test writes into. */
class Server {
  readonly here: unknown[] = [];
  hereGrant = "";
  readonly tries: { signal: AbortSignal; body: string; grant: string }[] = [];
  refusals: Response[] = [];
  isDown = false;
  #writer: ReadableStreamDefaultController<Uint8Array> | undefined;

  readonly fetch = async (address: string, { body, headers, signal }: RequestInit): Promise<Response> => {
    if (address === "/live/here") {
      this.here.push(JSON.parse(String(body)));
      this.hereGrant = (headers as { Authorization: string }).Authorization;
      return new Response(null, { status: 204 });
    }
    const { Authorization: grant } = headers as { Authorization: string };
    this.tries.push({ signal: signal as AbortSignal, body: String(body), grant });
    if (this.isDown) throw new TypeError("failed to fetch");
    return this.refusals.shift() ?? this.#stream(signal as AbortSignal);
  };

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
    this.#writer?.enqueue(utf8.encode(text));
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

beforeEach(() => {
  vi.useFakeTimers();
  // The longest wait of each try.
  vi.spyOn(Math, "random").mockReturnValue(1);
  server = new Server();
  vi.stubGlobal("fetch", server.fetch);
  events = [];
  states = [];
});
afterEach(() => {
  stream?.close();
  vi.useRealTimers();
});
const pass = (milliseconds = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);
async function open(): Promise<void> {
  let grants = 0;
  const grant = (): string => {
    grants += 1;
    return `grant-${grants}`;
  };
  const positions = (): Record<string, number> => ({ c: 2 });
  const onEvent = (event: AnyEvent): number => events.push(event);
  stream = openStream({ grant, positions, onEvent, onState: (state) => states.push(state) });
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
    expect(server.tries[0]).toMatchObject({ body: '{"protocol":1}', grant: "Bearer grant-1" });
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
    expect(server.here).toEqual([{ positions: { c: 2 } }]);
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
    await pass(18_001);
    expect(states).toEqual(["connecting", "open", "lost"]);
  });

  // safety 30
  test("follows the pace when heartbeats come closer together than the hello said", async () => {
    await open();
    server.send({ ...hello, heartbeat_seconds: 25 });
    server.send(heartbeat);
    await pass(8000);
    server.send(heartbeat);
    await pass(18_001);
    expect(states.at(-1)).toBe("lost");
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

  test.each([
    [401, "unauthorised"],
    [410, "gone"],
    [403, "refused"],
  ] as const)("ends on %i, and never tries again", async (status, state) => {
    server.refusals = [new Response('{"error": "gone"}', { status })];
    await open();
    await pass(120_000);
    expect(states.at(-1)).toBe(state);
    expect(server.tries).toHaveLength(1);
  });

  test.each([429, 500, 503])("tries again after %i", async (status) => {
    server.refusals = [new Response("{}", { status })];
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

  test("stops for good when it is closed", async () => {
    await open();
    server.send(hello);
    await pass();
    stream?.close();
    await pass(120_000);
    expect(server.tries).toHaveLength(1);
    expect(server.tries[0]?.signal.aborted).toBe(true);
  });
});
