// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  type ConversationKey,
  type DutyKeyPair,
  newConversationKey,
  newDutyKeyPair,
  openMessage,
  sealKey,
  sealMessage,
} from "../crypto/index.js";
import { createWords } from "../ui/index.js";
import type { Body, Call, CommandName, NumberedEvent, Snapshot } from "../wire/index.js";
import { Conversation } from "./conversation.js";

const MINUTE = 60_000;
const conversation = "talk";
const words = createWords({
  conversation_number: "Conversation {number}",
  waiting_for_key: "Waiting for the visitor's browser.",
  visitor_silent: "No answer.",
  left_quickly: "The visitor left quickly.",
  stays_until_close: "Readable until you close it.",
  nothing_left: "Nothing left to read.",
  helper_ended: "You ended it.",
});

/** The other side and the server between: what the visitor seals and says gets the next number. */
class Line {
  readonly key: ConversationKey = newConversationKey();
  readonly log: NumberedEvent[] = [];
  readonly said: string[] = [];
  readonly commands: [CommandName, unknown][] = [];
  readonly #counters = { visitor: 0 };

  readonly call: Call = async <Name extends CommandName>(name: Name, body: Body<Name>) => {
    this.commands.push([name, body]);
    return (await this.#answer(name, body)) as never;
  };

  async #answer(name: CommandName, body: unknown): Promise<unknown> {
    const newest = this.log.length;
    if (name === "read") return { events: this.#after((body as Body<"read">).after), newest };
    if (name === "say") return this.#take(body as Body<"say">);
    return undefined;
  }

  /** What stood before the end is destroyed with it. */
  #after(number: number): NumberedEvent[] {
    return this.isEnded ? this.log.slice(-1) : this.log.slice(number);
  }

  async #take({ messages }: Body<"say">): Promise<{ numbers: number[] }> {
    for (const { id, sealed } of messages) {
      this.said.push((await openMessage(this.key, { conversation, sender: "helper", id }, sealed)).text);
      this.#next({ event: "said", sender: "helper", id, sealed });
    }
    return { numbers: messages.map((_, at) => this.log.length - messages.length + at + 1) };
  }

  accepted(pair: DutyKeyPair): void {
    this.#next({ event: "opened" });
    const names = { fi: "Ammattilainen Kaisa" };
    const role = "professional" as const;
    this.#next({ event: "accepted", participant: "helper", role, names, public_key: pair.publicKey });
  }

  async sealKey({ publicKey }: DutyKeyPair): Promise<NumberedEvent> {
    const sealed = await sealKey(this.key, { conversation, recipient: "helper", publicKey });
    return this.#next({ event: "key", recipient: "helper", sealed });
  }

  async says(text: string): Promise<NumberedEvent> {
    const counter = ++this.#counters.visitor;
    const id = `visitor-${counter}`;
    const sealed = await sealMessage(this.key, { conversation, sender: "visitor", id, counter, text });
    return this.#next({ event: "said", sender: "visitor", id, sealed });
  }

  get isEnded(): boolean {
    return this.log.at(-1)?.event === "ended";
  }

  snapshot(): Snapshot {
    const state = this.isEnded ? "ended" : "active";
    return {
      conversation,
      participant: "helper",
      line: "adults",
      language: "fi",
      state,
      newest: this.log.length,
    };
  }

  ended(how: "left_quickly" | "helper_ended"): NumberedEvent {
    return this.#next({ event: "ended", how });
  }

  #next(event: object): NumberedEvent {
    const entry = { conversation, number: this.log.length + 1, at: 1000 * MINUTE, ...event } as NumberedEvent;
    this.log.push(entry);
    return entry;
  }
}

/** jsdom brings byte arrays of its own, which Node's WebCrypto does not take for such. */
function useOneRealm(): void {
  const bytes = new TextEncoder().encode("");
  vi.stubGlobal("Uint8Array", bytes.constructor);
  vi.stubGlobal("ArrayBuffer", bytes.buffer.constructor);
}

async function setUp(pair: DutyKeyPair, line: Line) {
  const clock = { now: 1000 * MINUTE };
  const onClose = vi.fn();
  const shown = new Conversation({
    snapshot: line.snapshot(),
    number: 1,
    lineName: "Help with violence",
    language: "en",
    pair,
    call: line.call,
    words,
    now: () => clock.now,
    onChange: vi.fn(),
    onClose,
    onProblem: vi.fn(),
  });
  document.body.replaceChildren(shown.element);
  const part = <Kind extends HTMLElement>(selector: string): Kind => {
    const found = shown.element.querySelector<Kind>(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  };
  return {
    shown,
    clock,
    onClose,
    input: part<HTMLTextAreaElement>("textarea"),
    composer: part<HTMLFormElement>(".composer"),
    send: part<HTMLButtonElement>(".composer button"),
    log: part("[role=log]"),
    banner: part(".banner"),
    close: part<HTMLButtonElement>(".banner button"),
  };
}

describe("a conversation on the console", () => {
  let pair: DutyKeyPair;
  let line: Line;
  let parts: Awaited<ReturnType<typeof setUp>>;

  afterEach(() => {
    vi.useRealTimers();
  });

  beforeEach(async () => {
    useOneRealm();
    pair = await newDutyKeyPair();
    line = new Line();
    line.accepted(pair);
    parts = await setUp(pair, line);
  });

  /** The visitor's browser has sealed the key, and this one has opened it. */
  async function join(): Promise<void> {
    parts.shown.take(await line.sealKey(pair));
    await vi.waitUntil(() => !parts.send.disabled);
  }

  test("is a region with its number, a log and a composer", () => {
    expect(parts.shown.element.getAttribute("aria-label")).toBe("Conversation 1");
    expect(parts.log.isConnected && parts.input.isConnected).toBe(true);
  });

  test("waits for the key, says so, and can't be written in before", async () => {
    expect(parts.banner.textContent).toContain("Waiting for the visitor's browser.");
    expect(parts.send.disabled).toBe(true);

    await join();

    expect(parts.banner.textContent).not.toContain("Waiting");
  });

  test("says after 20 seconds that the visitor's browser does not answer, until it does", async () => {
    vi.useFakeTimers();
    parts = await setUp(pair, line);
    const saidAfter = (ms: number) => {
      vi.advanceTimersByTime(ms);
      return parts.banner.textContent;
    };
    expect(saidAfter(19_999)).toContain("Waiting");
    // While this page was away, the other browser's silence said nothing.
    parts.shown.connected();
    expect(saidAfter(19_999)).toContain("Waiting");
    expect(saidAfter(1)).toContain("No answer.");

    await join();

    expect(saidAfter(MINUTE)).not.toContain("No answer.");
  });

  test("says nothing of silence once it is over", async () => {
    vi.useFakeTimers();
    parts = await setUp(pair, line);
    parts.shown.take(line.ended("left_quickly"));
    await vi.waitFor(() => expect(parts.banner.textContent).toContain("left quickly"));

    vi.advanceTimersByTime(MINUTE);

    expect(parts.banner.textContent).toContain("left quickly");
  });

  test("shows what the visitor says, and seals what the helper says", async () => {
    await join();
    parts.shown.take(await line.says("Hei"));
    await vi.waitFor(() => expect(parts.log.textContent).toContain("Hei"));

    parts.input.value = "Hei, täällä Kaisa";
    parts.send.click();

    await vi.waitFor(() => expect(line.said).toEqual(["Hei, täällä Kaisa"]));
  });

  test("is taken up by a reloaded page from number 0, with the same pair", async () => {
    await line.sealKey(pair);
    await line.says("before the reload");

    const after = await setUp(pair, line);

    await vi.waitFor(() => expect(after.log.textContent).toContain("before the reload"));
    expect(after.send.disabled).toBe(false);
    expect(line.commands).toContainEqual(["read", { conversation, after: 0 }]);
  });

  // safety 7
  test("that the visitor left quickly says so, stays readable and can be written in no more", async () => {
    await join();
    parts.shown.take(await line.says("somebody is coming"));
    parts.shown.take(line.ended("left_quickly"));

    await vi.waitFor(() => expect(parts.banner.textContent).toContain("left quickly"));

    expect(parts.log.textContent).toContain("somebody is coming");
    expect(parts.banner.textContent).toContain("Readable until you close it.");
    expect(parts.composer.hidden).toBe(true);
    expect(parts.send.disabled).toBe(true);
    expect(parts.close.hidden).toBe(false);
    expect(parts.shown.isLive).toBe(false);
  });

  test("that ends while the helper writes keeps the half-written text in sight", async () => {
    await join();
    parts.input.value = "Ennen kuin";
    parts.input.focus();

    parts.shown.take(line.ended("left_quickly"));

    await vi.waitFor(() => expect(parts.log.textContent).toContain("Ennen kuin"));
    expect(line.said).toEqual([]);
    expect(parts.shown.element.contains(document.activeElement)).toBe(true);
    expect(document.activeElement).not.toBe(parts.close);
  });

  // safety 18
  test("leaves the focus where it is when a message comes", async () => {
    await join();
    const elsewhere = document.body.appendChild(document.createElement("button"));
    elsewhere.focus();

    parts.shown.take(await line.says("Hei"));
    await vi.waitFor(() => expect(parts.log.textContent).toContain("Hei"));

    expect(document.activeElement).toBe(elsewhere);
  });

  test("closes by the helper's press, or by itself after an hour", async () => {
    parts.shown.take(line.ended("helper_ended"));
    await vi.waitFor(() => expect(parts.close.hidden).toBe(false));

    parts.clock.now += 59 * MINUTE;
    parts.shown.tick();
    expect(parts.onClose).not.toHaveBeenCalled();
    parts.clock.now += MINUTE;
    parts.shown.tick();

    expect(parts.onClose).toHaveBeenCalledExactlyOnceWith(parts.shown);
  });

  test("says how it ended, and that nothing is left to read, when that was before this page was loaded", async () => {
    await line.says("Hei");
    line.ended("left_quickly");

    const after = await setUp(pair, line);

    await vi.waitFor(() => expect(after.banner.textContent).toContain("left quickly"));
    expect(after.banner.textContent).toContain("Nothing left to read.");
    expect(after.close.hidden).toBe(false);
  });

  // safety 7
  test("says that the visitor left quickly when the connection was away meanwhile", async () => {
    await join();
    parts.shown.take(await line.says("somebody is coming"));
    line.ended("left_quickly");

    parts.shown.newest(line.snapshot().newest);

    await vi.waitFor(() => expect(parts.banner.textContent).toContain("left quickly"));
    expect(parts.log.textContent).toContain("somebody is coming");
    expect(parts.composer.hidden).toBe(true);
  });

  test("is gone from the page and from memory when it is forgotten", async () => {
    await join();
    parts.shown.take(await line.says("Hei"));
    await vi.waitFor(() => expect(parts.log.textContent).toContain("Hei"));

    parts.shown.forget();

    expect(document.body.textContent).toBe("");
    expect(parts.input.value).toBe("");
  });
});
