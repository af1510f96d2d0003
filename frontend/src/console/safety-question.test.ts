// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createComposer, createWords } from "../ui/index.js";
import { SafetyQuestion } from "./safety-question.js";

const question = "Voitko kirjoittaa turvassa juuri nyt?";
const words = createWords({
  message: "Message",
  send: "Send",
  back_after: "Back after {minutes} min.",
  repeat_nothing: "Repeat nothing that was said.",
  safety_question: "Safety question",
});

function setUp() {
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  const sent: string[] = [];
  const composer = createComposer(words, {
    onSend: (text) => {
      sent.push(text);
      safety.said();
    },
    onTyping: vi.fn(),
    enterSends: "all",
  });
  const safety = new SafetyQuestion({ words, question, composer });
  document.body.replaceChildren(safety.offer.element, composer.element);
  const input = composer.element.querySelector("textarea") as HTMLTextAreaElement;
  const ask = safety.offer.element.querySelector("button") as HTMLButtonElement;
  const send = composer.element.querySelector("button") as HTMLButtonElement;
  return { safety, sent, input, ask, send };
}

// safety 15
describe("the safety question", () => {
  let parts: ReturnType<typeof setUp>;

  beforeEach(() => {
    parts = setUp();
  });

  test("is offered with how long the visitor was away, and with the reminder to repeat nothing", () => {
    expect(parts.safety.offer.isShown).toBe(false);

    parts.safety.suggest(6);

    expect(parts.safety.offer.element.textContent).toContain(
      "Back after 6 min. Repeat nothing that was said.",
    );
    expect(parts.ask.hidden).toBe(false);
  });

  test("comes into the composer, is not sent, and nothing else is in it", () => {
    parts.safety.suggest(6);

    parts.ask.click();

    expect(parts.input.value).toBe(question);
    expect(parts.sent).toEqual([]);
    expect(document.activeElement).toBe(parts.input);
    expect(parts.safety.offer.isShown).toBe(false);
  });

  test("goes out alone; what was half written comes back after it", async () => {
    parts.input.value = "You said that he reads your";
    parts.safety.suggest(6);

    parts.ask.click();
    parts.send.click();

    expect(parts.sent).toEqual([question]);
    await vi.waitFor(() => expect(parts.input.value).toBe("You said that he reads your"));
    expect(parts.safety.kept).toBe("");
  });

  test("asked for twice keeps what was half written", () => {
    parts.input.value = "You said";
    parts.safety.suggest(6);
    parts.ask.click();
    parts.safety.suggest(9);
    parts.ask.click();

    expect(parts.input.value).toBe(question);
    expect(parts.safety.kept).toBe("You said");
  });

  test("is offered no longer when the helper has said something", () => {
    parts.safety.suggest(6);
    parts.input.value = "Hello again";

    parts.send.click();

    expect(parts.sent).toEqual(["Hello again"]);
    expect(parts.safety.offer.isShown).toBe(false);
  });
});
