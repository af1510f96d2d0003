import { beforeEach, describe, expect, test, vi } from "vitest";
import { callUnder } from "./call.js";
import { GrantKeeper } from "./grant.js";

const CODES = new Map([
  [401, "unauthorised"],
  [409, "superseded"],
  [410, "gone"],
]);
const bodies: unknown[] = [];

/** Answers with the given statuses in turn, 409 for a newer page; remembers what it was shown. */
function server(...statuses: number[]) {
  const shown: (string | null)[] = [];
  bodies.length = 0;
  vi.stubGlobal(
    "fetch",
    vi.fn(async (_address: string, init: RequestInit) => {
      shown.push(new Headers(init.headers).get("Authorization"));
      bodies.push(JSON.parse(String(init.body)));
      const status = statuses.shift() ?? 200;
      return new Response(JSON.stringify({ error: CODES.get(status) }), { status });
    }),
  );
  return shown;
}

function setUp() {
  let asked = 0;
  const grants = new GrantKeeper({ ask: async () => String(++asked), onSignedOut: vi.fn() });
  const seat = { epoch: null as number | null, onOver: vi.fn(), onSuperseded: vi.fn() };
  const call = callUnder(grants, { ...seat, epoch: () => seat.epoch });
  return { call, seat };
}

describe("a command of a helper", () => {
  let parts: ReturnType<typeof setUp>;

  beforeEach(() => {
    parts = setUp();
  });

  test("goes out under the grant", async () => {
    const shown = server(200);

    await parts.call("available", { is_available: true });

    expect(shown).toEqual(["Bearer 1"]);
  });

  test("goes out again under a new grant when the old one was refused", async () => {
    const shown = server(401, 200);

    await parts.call("available", { is_available: true });

    expect(shown).toEqual(["Bearer 1", "Bearer 2"]);
    expect(parts.seat.onOver).not.toHaveBeenCalled();
  });

  test("says that the duty is over when the new grant is refused as well", async () => {
    server(401, 401);

    await expect(parts.call("available", { is_available: true })).rejects.toThrow();

    expect(parts.seat.onOver).toHaveBeenCalledOnce();
  });

  test("is not sent again for a refusal of another kind", async () => {
    const shown = server(410);

    await expect(parts.call("accept", { line: "adults" })).rejects.toThrow();

    expect(shown).toHaveLength(1);
    expect(parts.seat.onSuperseded).not.toHaveBeenCalled();
  });

  // safety 10
  test("carries the page's epoch, and none before the server has told it", async () => {
    server(200, 200);

    await parts.call("on-duty", { public_key: "key", page: "page" });
    parts.seat.epoch = 7;
    await parts.call("accept", { line: "adults" });

    expect(bodies).toEqual([
      { public_key: "key", page: "page", epoch: null },
      { line: "adults", epoch: 7 },
    ]);
  });

  // safety 10
  test("tells once that a newer page has the duty", async () => {
    const shown = server(409);

    await expect(parts.call("accept", { line: "adults" })).rejects.toThrow();

    expect(shown).toHaveLength(1);
    expect(parts.seat.onSuperseded).toHaveBeenCalledOnce();
    expect(parts.seat.onOver).not.toHaveBeenCalled();
  });
});
