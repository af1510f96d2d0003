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
  epoch = 0;
  readonly asked: [string, Body][] = [];
  stream: ReadableStreamDefaultController<Uint8Array> | undefined;

  readonly fetch = async (address: string, init: RequestInit): Promise<Response> => {
    const name = address.replace("/live/", "");
    const body = JSON.parse(String(init.body)) as Body;
    this.asked.push([name, body]);
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
    const answer = { is_available: true, epoch: this.epoch, conversations: [talk] };
    return Response.json(answer);
  }

  /** Open until the reader lets go of it, as a browser's answer is. */
  #events(signal: AbortSignal | null | undefined): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (stream) => {
        this.stream = stream;
        signal?.addEventListener("abort", () => stream.error(new Error("aborted")));
      },
    });
    this.tell({ event: "hello", protocol: 1, heartbeat_seconds: 25, conversations: [talk] });
    return new Response(body);
  }
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
