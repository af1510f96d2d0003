/** For tests alone: the live core's end of the network, as far as one visitor and one helper see it. */
import {
  type ConversationKey,
  type DutyKeyPair,
  newDutyKeyPair,
  newMessageId,
  openKey,
  openMessage,
  sealMessage,
} from "../../crypto/index.js";
import type {
  AnyEvent,
  ConversationState,
  EndedHow,
  NumberedEvent,
  PresenceState,
  RequeuedWhy,
  SealedMessage,
} from "../../wire/index.js";
import type { LineState } from "../data.js";

type Unnumbered<Event> = Event extends unknown ? Omit<Event, "conversation" | "number" | "at"> : never;

const conversation = "talk";
const utf8 = new TextEncoder();

export class Server {
  readonly commands: [name: string, body: Record<string, unknown>][] = [];
  readonly read: string[] = [];
  lines: LineState[] = [];
  refusals: Record<string, [status: number, body: object]> = {};
  isDown = false;
  /** Commands whose answers get lost after they were obeyed. */
  readonly losesAnswers = new Set<string>();
  /** The newest page's, and the page that took the talk up last. */
  epoch = 1;
  page = "";
  /** How many streams were opened. */
  streams = 0;
  state: ConversationState = "waiting";
  log: NumberedEvent[] = [];
  #writers: ReadableStreamDefaultController<Uint8Array>[] = [];
  #pair: DutyKeyPair | undefined;
  #key: ConversationKey | undefined;
  #counter = 0;

  readonly fetch = (address: string, { body, signal }: RequestInit = {}): Promise<Response> => {
    if (this.isDown) return Promise.reject(new TypeError("failed to fetch"));
    const name = address.replace("/live/", "");
    const refusal = this.refusals[name];
    if (refusal) return Promise.resolve(Response.json(refusal[1], { status: refusal[0] }));
    if (address.endsWith("/api/lines/")) return Promise.resolve(Response.json({ lines: this.lines }));
    const given = JSON.parse(String(body)) as Record<string, unknown>;
    const isOld = name !== "open" && name !== "resume" && given["epoch"] !== this.epoch;
    if (isOld) return Promise.resolve(Response.json({ error: "superseded" }, { status: 409 }));
    if (name === "events") return Promise.resolve(this.#stream(signal as AbortSignal));
    this.commands.push([name, given]);
    const answer = this.#answer(name, given);
    return this.losesAnswers.has(name) ? Promise.reject(new TypeError("network error")) : answer;
  };

  names(): string[] {
    return this.commands.map(([name]) => name);
  }

  place(place: number): void {
    this.push({ event: "queue", conversation, place });
  }

  async accept(name = "Kaisa"): Promise<void> {
    this.#pair = await newDutyKeyPair();
    this.state = "active";
    this.#counter = 0;
    const names = { fi: `Ammattilainen ${name}`, en: `Professional ${name}` };
    const helper = { participant: "helper", role: "professional", names } as const;
    this.add({ event: "accepted", ...helper, public_key: this.#pair.publicKey });
  }

  /** The same helper's browser has lost its keys. */
  async comeBack(): Promise<void> {
    this.#pair = await newDutyKeyPair();
    this.add({ event: "returned", participant: "helper", public_key: this.#pair.publicKey });
  }

  requeue(why: RequeuedWhy): void {
    this.state = "waiting";
    this.add({ event: "requeued", why });
  }

  presence(state: PresenceState): void {
    this.push({ event: "presence", conversation, participant: "helper", state, since: 0, away_ms: 0 });
  }

  /** Another page of this visitor's has taken the talk up. */
  supersede(): void {
    this.epoch += 1;
    this.push({ event: "bye", code: "superseded", may_return: false });
  }

  async say(text: string): Promise<void> {
    if (!this.#key) throw new Error("nobody sealed the key to the helper");
    this.#counter += 1;
    const place = { conversation, sender: "helper", id: newMessageId() };
    const sealed = await sealMessage(this.#key, { ...place, counter: this.#counter, text });
    this.add({ event: "said", sender: place.sender, id: place.id, sealed });
  }

  end(how: EndedHow): void {
    this.state = "ended";
    this.add({ event: "ending", how });
    this.add({ event: "ended", how });
  }

  /** The quick exit, from another tab: everything is destroyed at once, and `ending` is skipped. */
  leaveQuickly(): void {
    this.state = "ended";
    this.add({ event: "ended", how: "left_quickly" });
  }

  push(event: AnyEvent): void {
    for (const writer of this.#writers) writer.enqueue(utf8.encode(`data: ${JSON.stringify(event)}\n\n`));
  }

  /** Cuts every stream, as a lost network does. */
  cut(): void {
    for (const writer of this.#writers) writer.error(new TypeError("network error"));
    this.#writers = [];
  }

  /** What the helper reads of the visitor's words. */
  async readByHelper(): Promise<string[]> {
    const said = this.log.filter((event) => event.event === "said" && event.sender === "visitor");
    const texts = said.map(async (event) => {
      const { id, sealed } = event as unknown as SealedMessage;
      const opened = await openMessage(
        this.#key as ConversationKey,
        { conversation, sender: "visitor", id },
        sealed,
      );
      return opened.text;
    });
    return await Promise.all(texts);
  }

  add(event: Unnumbered<NumberedEvent>): number {
    const at = Date.UTC(2024, 5, 18, 11, 2);
    const numbered = { ...event, conversation, number: this.log.length + 1, at } as NumberedEvent;
    this.log.push(numbered);
    this.push(numbered);
    return numbered.number;
  }

  async #answer(name: string, body: Record<string, unknown>): Promise<Response> {
    const half = `${"h".repeat(42)}g`;
    const grants = { exit_grant: "exit.grant", half_key: half };
    if (name === "open") {
      // One conversation at a time: this one is another.
      if (this.state === "ended") [this.log, this.state] = [[], "waiting"];
      this.add({ event: "opened" });
      const { epoch } = this;
      return Response.json({ conversation, participant: "visitor", grant: "gr.ant", epoch, ...grants });
    }
    if (name === "resume") {
      // As the server does it: the page that has the seat may ask again.
      if (this.page !== body["page"]) this.supersede();
      this.page = String(body["page"]);
      return Response.json({ snapshot: this.#snapshot(), epoch: this.epoch, ...grants });
    }
    if (name === "read") {
      return Response.json({ events: this.log.slice(Number(body["after"])), newest: this.log.length });
    }
    if (name === "key") return await this.#takeKey(String(body["sealed"]), Number(body["answers"]));
    if (name === "say") {
      const messages = body["messages"] as SealedMessage[];
      const numbers = messages.map((message) => this.add({ event: "said", sender: "visitor", ...message }));
      return Response.json({ numbers });
    }
    if (name === "end") this.end(this.state === "waiting" ? "visitor_left_queue" : "visitor_ended");
    return name === "end"
      ? Response.json({ numbers: [this.log.length] })
      : new Response(null, { status: 204 });
  }

  async #takeKey(sealed: string, answers: number): Promise<Response> {
    this.#key = await openKey(this.#pair as DutyKeyPair, { conversation, recipient: "helper" }, sealed);
    return Response.json({ numbers: [this.add({ event: "key", recipient: "helper", sealed, answers })] });
  }

  #snapshot(): object {
    const { log, state } = this;
    return {
      conversation,
      participant: "visitor",
      line: "adults",
      language: "fi",
      state,
      newest: log.length,
    };
  }

  #stream(signal: AbortSignal): Response {
    this.streams += 1;
    const body = new ReadableStream<Uint8Array>({
      start: (writer): void => {
        this.#writers.push(writer);
        signal.addEventListener("abort", () => {
          if (this.#writers.includes(writer)) writer.error(signal.reason);
          this.#writers = this.#writers.filter((one) => one !== writer);
        });
      },
    });
    setTimeout(() => {
      const snapshot = this.#snapshot() as never;
      this.push({ event: "hello", protocol: 1, heartbeat_seconds: 8, conversations: [snapshot] });
    });
    return new Response(body);
  }
}
