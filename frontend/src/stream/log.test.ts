import { describe, expect, test } from "vitest";
import type { NumberedEvent } from "../wire/index.js";
import { Log } from "./log.js";

const entry = (number: number): NumberedEvent => ({ event: "opened", conversation: "c", number, at: 0 });
const entries = (...numbers: number[]): NumberedEvent[] => numbers.map(entry);

function newLog(): { log: Log; delivered: number[]; asked: number[] } {
  const delivered: number[] = [];
  const asked: number[] = [];
  const log = new Log({
    deliver: ({ number }) => delivered.push(number),
    ask: (after) => asked.push(after),
  });
  return { log, delivered, asked };
}

describe("Log", () => {
  test("delivers the next number and ignores one that was seen", () => {
    const { log, delivered, asked } = newLog();
    for (const event of entries(1, 2, 2, 1, 3)) log.take(event);
    expect([delivered, asked]).toEqual([[1, 2, 3], []]);
  });

  // safety 35
  test("asks for what is missing and delivers in order, each once", () => {
    const { log, delivered, asked } = newLog();
    for (const event of entries(1, 4, 5)) log.take(event);
    expect([delivered, asked, log.isLevel]).toEqual([[1], [1], false]);
    log.answered(entries(2, 3, 4, 5), 5);
    expect([delivered, log.isLevel]).toEqual([[1, 2, 3, 4, 5], true]);
  });

  test("notices a lost push by the newest number of a heartbeat", () => {
    const { log, asked } = newLog();
    log.take(entry(1));
    log.newest(1);
    expect(asked).toEqual([]);
    log.newest(2);
    expect(asked).toEqual([1]);
  });

  test("takes up a whole conversation after a reload, page by page", () => {
    const { log, delivered, asked } = newLog();
    log.newest(4);
    log.answered(entries(1, 2), 4);
    log.answered(entries(3, 4), 4);
    expect([delivered, asked]).toEqual([
      [1, 2, 3, 4],
      [0, 2],
    ]);
  });

  test("has one question out at a time, and asks again after one that failed", () => {
    const { log, asked } = newLog();
    log.newest(3);
    log.newest(4);
    expect(asked).toEqual([0]);
    log.failed();
    log.newest(4);
    expect(asked).toEqual([0, 0]);
  });

  test("waits for the next heartbeat when an answer brings nothing", () => {
    const { log, asked } = newLog();
    log.newest(3);
    log.answered([], 3);
    expect(asked).toEqual([0]);
    log.newest(3);
    expect(asked).toEqual([0, 0]);
  });

  test("delivers the end over a gap: there is nothing any more to read the rest from", () => {
    const { log, delivered, asked } = newLog();
    log.take({ event: "ended", conversation: "c", number: 7, at: 0, how: "helper_ended" });
    expect([delivered, asked, log.isLevel]).toEqual([[7], [], true]);
  });

  test("delivers an end that was missed when it is read, over the gap too", () => {
    const { log, delivered } = newLog();
    log.newest(7);
    const end = { event: "ended", conversation: "c", number: 7, at: 0, how: "helper_ended" } as const;
    log.answered([end], 7);
    log.answered([end], 7);
    expect(delivered).toEqual([7]);
  });
});
