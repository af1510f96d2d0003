import { afterEach, describe, expect, test, vi } from "vitest";
import { post, Refused, Unreachable } from "./index.js";

/** The network's end: one answer, and what was asked. */
function server(status: number, body = ""): { asked: () => [string, RequestInit] } {
  const fetched = vi.fn(async () => new Response(status === 204 ? null : body, { status }));
  vi.stubGlobal("fetch", fetched);
  return { asked: () => fetched.mock.calls[0] as unknown as [string, RequestInit] };
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

afterEach(() => void vi.useRealTimers());

describe("post", () => {
  test("sends JSON under /live/ with the grant in a header and never in the address", async () => {
    const { asked } = server(200, '{"numbers": [4]}');
    await expect(post("end", { epoch: 2, conversation: "c" }, "gr.ant")).resolves.toEqual({ numbers: [4] });
    const [address, { method, headers, body, credentials }] = asked();
    expect([address, method, credentials, body]).toEqual([
      "/live/end",
      "POST",
      "omit",
      '{"epoch":2,"conversation":"c"}',
    ]);
    expect(headers).toEqual({ "Content-Type": "application/json", Authorization: "Bearer gr.ant" });
  });

  test("sends no Authorization without a grant", async () => {
    const { asked } = server(200, "{}");
    await post("open", { line: "adults", language: "fi", entry: "e" });
    expect(asked()[1].headers).not.toHaveProperty("Authorization");
  });

  test("gives undefined for an answer without a body", async () => {
    server(204);
    await expect(post("here", { epoch: 2, positions: {} }, "g")).resolves.toBeUndefined();
  });

  test("throws Refused with the machine code and the reason", async () => {
    server(409, '{"error": "line_closed", "reason": "nobody_on_duty"}');
    const error = await failure(post("open", { line: "adults", language: "fi", entry: "e" }));
    expect(error).toBeInstanceOf(Refused);
    expect(error).toMatchObject({
      status: 409,
      code: "line_closed",
      reason: "nobody_on_duty",
      isPassing: false,
    });
  });

  test("marks a refusal that passes", async () => {
    server(429, '{"error": "too_fast"}');
    expect(await failure(post("end", { epoch: 2, conversation: "c" }, "g"))).toMatchObject({
      isPassing: true,
    });
  });

  test.each([
    [401, "<html>Sign in to the hotel's network</html>"],
    [403, '{"message": "blocked"}'],
    [410, '{"error": "The page has moved."}'],
    [404, "{}"],
    [400, "null"],
  ])(
    "throws Unreachable for a %i that is not ours: somebody between can't end a talk",
    async (status, body) => {
      server(status, body);
      expect(await failure(post("end", { epoch: 2, conversation: "c" }, "g"))).toBeInstanceOf(Unreachable);
    },
  );

  test.each([500, 502, 503])("throws Unreachable for %i: nothing was acknowledged", async (status) => {
    server(status, '{"error": "unavailable"}');
    expect(await failure(post("end", { epoch: 2, conversation: "c" }, "g"))).toBeInstanceOf(Unreachable);
  });

  test("throws Unreachable for an acknowledgement that can't be read", async () => {
    server(200, '{"numbers": [');
    expect(await failure(post("end", { epoch: 2, conversation: "c" }, "g"))).toBeInstanceOf(Unreachable);
  });

  test("throws Unreachable when no answer comes in time", async () => {
    vi.useFakeTimers();
    vi.stubGlobal("fetch", (_: string, { signal }: RequestInit) => {
      const given = signal as AbortSignal;
      return new Promise((_resolve, reject) => {
        given.addEventListener("abort", () => reject(given.reason));
      });
    });
    const failed = failure(post("end", { epoch: 2, conversation: "c" }, "g"));
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await failed).toBeInstanceOf(Unreachable);
  });
});
