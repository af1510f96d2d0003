import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Refused, type SealedMessage, Unreachable } from "../wire/index.js";
import { Outbox } from "./outbox.js";

/** The server's end: answers as it is told to, and keeps what it got. */
class Server {
  readonly got: SealedMessage[][] = [];
  answers: (Error | undefined)[] = [];
  inFlight = 0;
  most = 0;
  readonly #numbers = new Map<string, number>();

  readonly send = async (messages: readonly SealedMessage[]): Promise<{ numbers: number[] }> => {
    this.got.push([...messages]);
    this.inFlight += 1;
    this.most = Math.max(this.most, this.inFlight);
    await Promise.resolve();
    this.inFlight -= 1;
    const answer = this.answers.shift();
    if (answer) throw answer;
    return { numbers: messages.map(({ id }) => this.#number(id)) };
  };

  #number(id: string): number {
    this.#numbers.set(id, this.#numbers.get(id) ?? this.#numbers.size + 1);
    return this.#numbers.get(id) ?? 0;
  }
}

const message = (id: string, size = 10): SealedMessage => ({ id, sealed: "x".repeat(size) });
let server: Server;
let told: string[];

function newOutbox(): Outbox {
  return new Outbox({
    send: server.send,
    onSent: (id, number) => told.push(`${id} sent ${number}`),
    onDelayed: (id) => told.push(`${id} delayed`),
    onRejected: (id, { code }) => told.push(`${id} ${code}`),
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
  told = [];
});
afterEach(() => void vi.useRealTimers());
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe("Outbox", () => {
  test("sends nothing before it is opened", async () => {
    const outbox = newOutbox();
    outbox.put(message("a"));
    await settle();
    expect(server.got).toEqual([]);
    outbox.open();
    await settle();
    expect(told).toEqual(["a sent 1"]);
  });

  // safety 35
  test("has one request in flight, and keeps the order", async () => {
    const outbox = newOutbox();
    outbox.open();
    for (const id of ["a", "b", "c", "d"]) outbox.put(message(id));
    await settle();
    expect(server.most).toBe(1);
    expect(server.got.flat().map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
  });

  // safety 36
  test("sends the very same bytes again until the server has them", async () => {
    server.answers = [new Unreachable(), new Refused(429, "too_fast"), undefined];
    const outbox = newOutbox();
    outbox.open();
    outbox.put(message("a"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.got).toEqual([[message("a")], [message("a")], [message("a")]]);
    expect(told).toEqual(["a delayed", "a delayed", "a sent 1"]);
    expect(outbox.pending).toEqual([]);
  });

  // safety 36
  test.each([
    ["nothing", undefined],
    ["no numbers", {}],
    ["too few", { numbers: [] }],
    ["too many", { numbers: [1, 2] }],
  ])("keeps what was answered with %s", async (_, answer) => {
    const send = vi.spyOn(server, "send").mockResolvedValueOnce(answer as never);
    const outbox = newOutbox();
    outbox.open();
    outbox.put(message("a"));
    outbox.put(message("b"));
    await settle();
    expect([told, outbox.pending]).toEqual([
      ["a delayed", "b delayed"],
      [message("a"), message("b")],
    ]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([send.mock.calls.length, told.slice(-2)]).toEqual([2, ["a sent 1", "b sent 2"]]);
  });

  test("tries at once when the connection is back", async () => {
    server.answers = [new Unreachable()];
    const outbox = newOutbox();
    outbox.open();
    outbox.put(message("a"));
    await settle();
    outbox.wake();
    await settle();
    expect(told.at(-1)).toBe("a sent 1");
  });

  test("says at once of a message written while nothing gets through that it is kept", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    server.answers = [new Unreachable()];
    const outbox = newOutbox();
    outbox.open();
    outbox.put(message("a"));
    await settle();
    outbox.put(message("b"));
    expect(told).toEqual(["a delayed", "b delayed"]);
  });

  test("gives back what the server refuses for good, and goes on", async () => {
    server.answers = [new Refused(409, "message_differs")];
    const outbox = newOutbox();
    outbox.open();
    outbox.put(message("a"));
    await settle();
    outbox.put(message("b"));
    await settle();
    expect(told).toEqual(["a message_differs", "b sent 1"]);
  });

  // safety 36
  test.each([
    [409, "out_of_state"],
    [409, "superseded"],
    [401, "unauthorised"],
    [410, "gone"],
  ])("keeps all and holds at %i %s: that says nothing about the message", async (status, code) => {
    server.answers = [new Refused(status, code)];
    const outbox = newOutbox();
    outbox.open();
    outbox.put(message("a"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([server.got.length, told, outbox.pending]).toEqual([1, [], [message("a")]]);
    outbox.open();
    await settle();
    expect(told).toEqual(["a sent 1"]);
  });

  test("isn't held by a late answer to what was sent before it was opened again", async () => {
    server.answers = [new Refused(409, "out_of_state")];
    const outbox = newOutbox();
    outbox.open();
    outbox.put(message("a"));
    outbox.hold();
    outbox.open();
    await settle();
    expect([server.got.length, told]).toEqual([2, ["a sent 1"]]);
  });

  test("lets nothing leave while it is held, not even after a wait", async () => {
    server.answers = [new Unreachable()];
    const outbox = newOutbox();
    outbox.open();
    outbox.put(message("a"));
    await settle();
    outbox.hold();
    outbox.put(message("b"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.got).toHaveLength(1);
    outbox.open();
    await settle();
    expect(server.got.at(-1)).toEqual([message("a"), message("b")]);
  });

  // safety 38
  test("keeps a request below what the server takes", async () => {
    const outbox = newOutbox();
    for (const id of ["a", "b"]) outbox.put(message(id, 5500));
    for (let at = 0; at < 20; at += 1) outbox.put(message(`s${at}`, 400));
    outbox.open();
    await settle();
    const sizes = server.got.map((batch) => batch.reduce((sum, { sealed }) => sum + sealed.length, 0));
    expect(server.got.flat()).toHaveLength(22);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(7168);
    expect(Math.max(...server.got.map((batch) => batch.length))).toBeLessThanOrEqual(8);
  });

  test("sends nothing any more once it has stopped, and gives back what was left", async () => {
    server.answers = [new Unreachable()];
    const outbox = newOutbox();
    outbox.open();
    outbox.put(message("a"));
    await settle();
    expect(outbox.stop()).toEqual([message("a")]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.got).toHaveLength(1);
  });
});
