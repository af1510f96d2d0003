// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepAtEnd } from "./scroll.js";

let observed: () => void;
let height: number;
let element: HTMLElement;

beforeEach(() => {
  height = 300;
  element = document.createElement("div");
  Object.defineProperties(element, {
    clientHeight: { get: () => height },
    scrollHeight: { get: () => 1000 },
  });
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(told: () => void) {
        observed = told;
      }
      observe(): void {
        // What is told is up to each test.
      }
    },
  );
  keepAtEnd(element, document.createElement("button"));
  observed();
});

afterEach(() => vi.unstubAllGlobals());

const scrolledTo = (top: number): void => {
  element.scrollTop = top;
  element.dispatchEvent(new Event("scroll"));
};

// safety 1
test("who is at the end stays there when the keyboard or a banner takes height, though a scroll is told first", () => {
  scrolledTo(700);
  height = 150;
  scrolledTo(700);
  observed();
  expect(element.scrollTop).toBe(1000);
});

// safety 18
test("who reads further up is not moved by a new height", () => {
  scrolledTo(100);
  height = 150;
  scrolledTo(100);
  observed();
  expect(element.scrollTop).toBe(100);
});
