// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { newDutyKeyPair } from "../crypto/index.js";
import { createWords } from "../ui/index.js";
import type { Snapshot } from "../wire/index.js";
import { Duty } from "./duty.js";
import { GrantKeeper } from "./grant.js";

const PAGE = `
  <p id="connection" role="status"></p>
  <button id="available" role="switch" aria-checked="false"></button><span id="available-state"></span>
  <p id="notice"></p>
  <section id="waiting"></section>
  <div id="talks"><p id="empty"></p></div>`;
const words = createWords({
  conversation_number: "Conversation {number}",
  elsewhere: "Open elsewhere",
  connected: "Connected",
  connection_lost: "Lost",
  duty_over: "Your duty is over.",
  duty_lost: "You lost it with your duty.",
});
const talk: Snapshot = {
  conversation: "talk",
  participant: "helper",
  line: "adults",
  language: "fi",
  state: "active",
  newest: 0,
};

type Body = Record<string, unknown>;

/** The server, as one page of the duty meets it: a newer page makes `isNewest` false. */
class Server {
  isNewest = true;
  /** What the duty holds, when the server is asked and when it greets. */
  talks: readonly Snapshot[] = [talk];
  /** Whether a stream is greeted at once. */
  greets = true;
  /** Other answers than the ordinary ones, by command. */
  readonly answers: Record<string, () => Response | Promise<Response>> = {};
  epoch = 0;
  readonly asked: [string, Body][] = [];
  stream: ReadableStreamDefaultController<Uint8Array> | undefined;

  readonly fetch = async (address: string, init: RequestInit): Promise<Response> => {
    const name = address.replace("/live/", "");
    const body = JSON.parse(String(init.body)) as Body;
    this.asked.push([name, body]);
    const answer = this.answers[name];
    if (answer) return answer();
    if (!this.isNewest) return Response.json({ error: "superseded" }, { status: 409 });
    if (name === "on-duty") return this.#onDuty(body);
    if (name === "events") return this.#events(init.signal);
    return Response.json({ events: [], newest: 0, is_available: true, epoch: this.epoch });
  };

  tell(event: object): void {
    this.stream?.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`));
  }

  epochs(name: string): unknown[] {
    return this.told(name, "epoch");
  }

  told(name: string, field: string): unknown[] {
    return this.asked.filter(([asked]) => asked === name).map(([, body]) => body[field]);
  }

  #onDuty({ epoch }: Body): Response {
    if (epoch === null) this.epoch += 1;
    return Response.json({ is_available: true, epoch: this.epoch, conversations: this.talks });
  }

  /** Open until the reader lets go of it, as a browser's answer is. */
  #events(signal: AbortSignal | null | undefined): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (stream) => {
        this.stream = stream;
        signal?.addEventListener("abort", () => stream.error(new Error("aborted")));
      },
    });
    if (this.greets) this.greet(this.talks);
    return new Response(body);
  }

  greet(conversations: readonly Snapshot[]): void {
    this.tell({ event: "hello", protocol: 1, heartbeat_seconds: 25, conversations });
  }
}

/** An answer that is still on its way. */
function later() {
  let resolve: (answer: Response) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<Response>((...given) => {
    [resolve, reject] = given;
  });
  return { promise, resolve: (answer: Response) => resolve(answer), reject: (error: Error) => reject(error) };
}

async function setUp(server: Server) {
  document.body.innerHTML = PAGE;
  vi.stubGlobal("fetch", server.fetch);
  const onOver = vi.fn();
  const onElsewhere = vi.fn();
  const grants = new GrantKeeper({ ask: async () => "grant", onSignedOut: vi.fn() });
  const lines = [{ code: "adults", name: "Help", safety_questions: { fi: "", sv: "", en: "" } }];
  const data = {
    language: "en" as const,
    words: {},
    lines,
    role: "professional",
    duty: "duty",
    now: Date.now(),
    grant_url: "",
    sign_in_url: "",
    back_after: 120,
    park_after: 600,
  };
  const duty = new Duty({ data, words, pair: await newDutyKeyPair(), grants, onOver, onElsewhere });
  await duty.start();
  const connection = () => document.getElementById("connection")?.textContent;
  const talks = () => document.querySelectorAll("#talks section").length;
  return { duty, onOver, onElsewhere, connection, talks };
}

describe("a duty in this page", () => {
  let server: Server;
  let parts: Awaited<ReturnType<typeof setUp>>;

  beforeEach(async () => {
    server = new Server();
    parts = await setUp(server);
    await vi.waitUntil(() => parts.connection() === "Connected");
  });

  afterEach(() => {
    parts.duty.stop();
    parts.duty.forget();
    vi.unstubAllGlobals();
  });

  // safety 10
  test("begins without an epoch, and carries the one that it was given from then on", async () => {
    document.getElementById("available")?.click();
    await vi.waitFor(() => expect(server.epochs("available")).toEqual([1]));

    expect(server.epochs("on-duty")).toEqual([null]);
    expect(server.epochs("events")).toEqual([1]);
  });

  // safety 30
  test("that the server doesn't know any more is over, and what was said stays readable", async () => {
    const refusal = () => Response.json({ error: "unauthorised" }, { status: 401 });
    Object.assign(server.answers, { events: refusal, "on-duty": refusal });
    server.tell({ event: "bye", code: "over", may_return: false });

    await vi.waitFor(() => expect(parts.onOver).toHaveBeenCalledOnce());
    expect(document.getElementById("notice")?.textContent).toBe("Your duty is over.");
    expect(parts.talks()).toBe(1);
    expect(document.getElementById("talks")?.textContent).toContain("You lost it with your duty.");
    expect([parts.duty.isElsewhere, parts.onElsewhere.mock.calls.length]).toEqual([false, 0]);
  });

  // safety 10
  test("is taken up again under the same epoch when its stream came to a final end", async () => {
    server.tell({ event: "bye", code: "revoked", may_return: false });

    await vi.waitFor(() => expect(server.epochs("on-duty")).toEqual([null, 1]));
    await vi.waitFor(() => expect(server.epochs("events")).toEqual([1, 1]));
    expect(parts.talks()).toBe(1);
    const [page, ...others] = server.told("on-duty", "page");
    expect(page).toMatch(/^[\w-]{22}$/);
    expect(others).toEqual([page]);
  });

  // safety 10
  test.each([
    ["by its stream", () => server.tell({ event: "bye", code: "superseded", may_return: false })],
    ["by the answer to a press", () => document.getElementById("available")?.click()],
  ])("learns %s that another tab has it, forgets what it shows, and stays so", async (_, learn) => {
    expect(parts.talks()).toBe(1);
    server.isNewest = false;

    learn();

    await vi.waitFor(() => expect(parts.onElsewhere).toHaveBeenCalledOnce());
    expect(parts.talks()).toBe(0);
    expect(parts.connection()).toBe("Open elsewhere");
    expect(parts.duty.isElsewhere).toBe(true);
    expect(parts.onOver).not.toHaveBeenCalled();
    expect((document.getElementById("available") as HTMLButtonElement).disabled).toBe(true);

    const asked = server.asked.length;
    dispatchEvent(new Event("online"));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.asked).toHaveLength(asked);
  });
});

describe("an acceptance", () => {
  const accepted: Snapshot = { ...talk, conversation: "accepted" };
  let server: Server;
  let parts: Awaited<ReturnType<typeof setUp>>;

  beforeEach(async () => {
    server = new Server();
    server.talks = [];
    parts = await setUp(server);
    await vi.waitUntil(() => parts.connection() === "Connected");
    server.tell({
      event: "waiting",
      line: "adults",
      visitors: [],
      count: 1,
      present: 1,
      present_for_peers: 1,
    });
    await vi.waitUntil(() => !button().disabled);
  });

  afterEach(() => {
    parts.duty.stop();
    parts.duty.forget();
    vi.unstubAllGlobals();
  });

  const button = () => document.querySelector("#waiting button") as HTMLButtonElement;

  test("isn't ended on the screen by a greeting from before it that comes after its answer", async () => {
    const answered = later();
    server.answers["accept"] = () => answered.promise;
    server.greets = false;
    button().click();
    server.tell({ event: "bye", code: "restart", may_return: true });
    await vi.waitUntil(() => server.epochs("events").length === 2);

    answered.resolve(Response.json({ snapshot: accepted }));
    await vi.waitUntil(() => parts.talks() === 1);
    server.greet([]);

    await vi.waitUntil(() => parts.connection() === "Connected");
    expect(parts.duty.isTalking).toBe(true);
    expect(server.told("read", "conversation")).toEqual(["accepted"]);
  });

  test("whose answer is lost is asked for, though its events were heard before", async () => {
    const answered = later();
    server.answers["accept"] = () => answered.promise;
    button().click();
    server.talks = [accepted];
    server.tell({ event: "opened", conversation: "accepted", number: 1, at: 0 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(server.epochs("on-duty")).toHaveLength(1);

    answered.reject(new TypeError("network error"));

    await vi.waitFor(() => expect(parts.talks()).toBe(1));
  });

  test("of which a heartbeat tells is asked for", async () => {
    server.talks = [accepted];
    server.tell({ event: "heartbeat", newest: { accepted: 2 }, seconds: 8 });

    await vi.waitFor(() => expect(parts.talks()).toBe(1));
  });
});
