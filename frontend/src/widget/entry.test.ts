// @vitest-environment jsdom
/** When Start is the same asking as before, and when it is another: the server knows it by the entry alone. */
import { expect, test, vi } from "vitest";
import { becomes, button, find, freshForEach, load, open, server } from "./testing/page.js";

freshForEach();

const entries = (): Set<unknown> =>
  new Set(server.commands.filter(([name]) => name === "open").map(([, { entry }]) => entry));

async function startInVain(said: string): Promise<void> {
  button("Start").click();
  await vi.waitUntil(() => find(".notice-said").textContent === said && !button("Start").disabled);
}

test("another wish is another entry: the same one would be answered with the old wish", async () => {
  load({ lines: [open] });
  server.losesAnswers.add("open");
  await startInVain("No connection.");
  server.losesAnswers.clear();
  find<HTMLInputElement>("input[type=checkbox]").click();
  button("Start").click();
  await becomes("queue");
  expect(entries().size).toBe(2);
});

test("after a refusal it is another entry: the refused one might be of a conversation that has gone", async () => {
  load({ lines: [open] });
  server.losesAnswers.add("open");
  await startInVain("No connection.");
  server.losesAnswers.clear();
  server.refusals = { open: [409, { error: "line_closed" }] };
  await startInVain("Just closed.");
  server.refusals = {};
  button("Start").click();
  await becomes("queue");
  expect(entries().size).toBe(2);
});
