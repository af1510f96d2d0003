import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { countPresses } from "./presses.js";

let said: number[] = [];
let leave = vi.fn<() => void>();
let pulse: (isShiftAlone: boolean) => void = () => undefined;

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  leave = vi.fn();
  pulse = countPresses((left) => said.push(left), leave);
});

afterEach(() => vi.useRealTimers());

// safety 3
describe("presses in time", () => {
  it("say how many are left, and leave at the third", () => {
    pulse(true);
    pulse(true);
    expect(said).toEqual([2, 1]);
    expect(leave).not.toHaveBeenCalled();
    pulse(true);
    expect(leave).toHaveBeenCalledOnce();
  });

  it("may take five seconds each", () => {
    pulse(true);
    vi.advanceTimersByTime(4900);
    pulse(true);
    vi.advanceTimersByTime(4900);
    pulse(true);
    expect(leave).toHaveBeenCalledOnce();
  });

  it("expire after five seconds, and that is said", () => {
    pulse(true);
    pulse(true);
    vi.advanceTimersByTime(5000);
    expect(said).toEqual([2, 1, 0]);
    pulse(true);
    expect(leave).not.toHaveBeenCalled();
  });

  it("are forgotten at another key, and nothing is left to say", () => {
    pulse(true);
    pulse(false);
    vi.advanceTimersByTime(10_000);
    expect(said).toEqual([2, 3]);
  });

  it("say nothing of keys while nothing is counted", () => {
    pulse(false);
    expect(said).toEqual([]);
  });
});
