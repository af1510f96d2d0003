import { beforeEach, describe, expect, test, vi } from "vitest";
import { callUnder } from "./call.js";
import { GrantKeeper } from "./grant.js";

/** Answers with the given statuses in turn; remembers the grants it was shown. */
function server(...statuses: number[]) {
  const shown: (string | null)[] = [];
  vi.stubGlobal(
    "fetch",
    vi.fn(async (_address: string, init: RequestInit) => {
      shown.push(new Headers(init.headers).get("Authorization"));
      const status = statuses.shift() ?? 200;
      return new Response(JSON.stringify(status < 400 ? {} : { error: "unauthorised" }), { status });
    }),
  );
  return shown;
}

function setUp() {
  let asked = 0;
  const grants = new GrantKeeper({ ask: async () => String(++asked), onSignedOut: vi.fn() });
  const onOver = vi.fn();
  return { call: callUnder(grants, onOver), onOver };
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
    expect(parts.onOver).not.toHaveBeenCalled();
  });

  test("says that the duty is over when the new grant is refused as well", async () => {
    server(401, 401);

    await expect(parts.call("available", { is_available: true })).rejects.toThrow();

    expect(parts.onOver).toHaveBeenCalledOnce();
  });

  test("is not sent again for a refusal of another kind", async () => {
    const shown = server(409);

    await expect(parts.call("accept", { line: "adults" })).rejects.toThrow();

    expect(shown).toHaveLength(1);
  });
});
