// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { sendOnEnter } from "./enter.js";

function setUp() {
  const form = document.createElement("form");
  const input = document.createElement("textarea");
  const button = document.createElement("button");
  form.append(input, button);
  document.body.replaceChildren(form);
  const onSend = vi.fn((event: Event) => event.preventDefault());
  form.addEventListener("submit", onSend);
  sendOnEnter(form);
  const press = (keys: KeyboardEventInit) =>
    input.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...keys }));
  return { input, button, onSend, press };
}

function withPointer(kind: "none" | "coarse"): void {
  vi.stubGlobal("matchMedia", (query: string) => ({ matches: query === `(pointer: ${kind})` }));
}

describe("Enter in the composer", () => {
  let parts: ReturnType<typeof setUp>;

  beforeEach(() => {
    withPointer("none");
    parts = setUp();
  });

  test("sends, by keyboard alone", () => {
    expect(parts.press({ key: "Enter" })).toBe(false);

    expect(parts.onSend).toHaveBeenCalledOnce();
  });

  test("makes a new line with Shift, while a word is being composed, and under a thumb", () => {
    parts.press({ key: "Enter", shiftKey: true });
    parts.press({ key: "Enter", isComposing: true });
    withPointer("coarse");
    parts.press({ key: "Enter" });

    expect(parts.onSend).not.toHaveBeenCalled();
  });

  test("sends once where the composer has sent already", () => {
    parts.input.addEventListener("keydown", (event) => event.preventDefault());

    parts.press({ key: "Enter" });

    expect(parts.onSend).not.toHaveBeenCalled();
  });

  test("sends nothing while sending is not allowed", () => {
    parts.button.disabled = true;

    parts.press({ key: "Enter" });

    expect(parts.onSend).not.toHaveBeenCalled();
  });
});
