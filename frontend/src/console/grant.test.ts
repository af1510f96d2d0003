import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Unreachable } from "../wire/index.js";
import { askForGrant, GrantKeeper, SignedOut } from "./grant.js";

const MINUTE = 60_000;

/** Grants "1", "2", … in turn, unless `refuse` has an error for the next one. */
function server() {
  const state = { asked: 0, refuse: undefined as Error | undefined };
  const ask = async () => {
    state.asked += 1;
    if (state.refuse) throw state.refuse;
    return String(state.asked);
  };
  return { state, ask };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("the grant", () => {
  test("is asked for once and used until its fourth minute", async () => {
    const { ask, state } = server();
    const keeper = new GrantKeeper({ ask, onSignedOut: vi.fn() });

    expect(await keeper.current()).toBe("1");
    await vi.advanceTimersByTimeAsync(4 * MINUTE - 1);

    expect(await keeper.current()).toBe("1");
    expect(state.asked).toBe(1);
  });

  test("is renewed by itself after four of its five minutes", async () => {
    const { ask } = server();
    const keeper = new GrantKeeper({ ask, onSignedOut: vi.fn() });
    await keeper.current();

    await vi.advanceTimersByTimeAsync(4 * MINUTE);
    expect(await keeper.current()).toBe("2");
    await vi.advanceTimersByTimeAsync(4 * MINUTE);

    expect(await keeper.current()).toBe("3");
  });

  test("is asked for anew by a tab that slept past its end", async () => {
    const { ask } = server();
    const keeper = new GrantKeeper({ ask, onSignedOut: vi.fn() });
    await keeper.current();

    vi.setSystemTime(Date.now() + 60 * MINUTE);

    expect(await keeper.current()).toBe("2");
  });

  test("is asked for once for all who need it at the same time", async () => {
    const { ask, state } = server();
    const keeper = new GrantKeeper({ ask, onSignedOut: vi.fn() });

    expect(await Promise.all([keeper.current(), keeper.renew(), keeper.current()])).toEqual(["1", "1", "1"]);
    expect(state.asked).toBe(1);
  });

  test("that was refused is renewed once, not once for each who met the refusal", async () => {
    const { ask, state } = server();
    const keeper = new GrantKeeper({ ask, onSignedOut: vi.fn() });
    const refused = await keeper.current();

    expect(await keeper.renew(refused)).toBe("2");
    expect(await keeper.renew(refused)).toBe("2");
    expect(state.asked).toBe(2);
  });

  test("that can't be had just now is tried again soon, and nobody is signed out", async () => {
    const { ask, state } = server();
    const onSignedOut = vi.fn();
    const keeper = new GrantKeeper({ ask, onSignedOut });
    state.refuse = new Unreachable();
    await expect(keeper.current()).rejects.toThrow(Unreachable);

    state.refuse = undefined;
    await vi.advanceTimersByTimeAsync(10_000);

    expect(await keeper.current()).toBe("2");
    expect(onSignedOut).not.toHaveBeenCalled();
  });

  test("of a session that is over is told once, and asked for no more", async () => {
    const { ask, state } = server();
    const onSignedOut = vi.fn();
    const keeper = new GrantKeeper({ ask, onSignedOut });
    await keeper.current();
    state.refuse = new SignedOut();

    await vi.advanceTimersByTimeAsync(30 * MINUTE);

    expect(onSignedOut).toHaveBeenCalledOnce();
    expect(state.asked).toBe(2);
  });
});

describe("the console's view", () => {
  const answer = (status: number, body: unknown) =>
    vi.stubGlobal(
      "fetch",
      vi.fn(async () => new Response(JSON.stringify(body), { status })),
    );

  test("gives the grant for the session's cookie and the page's token", async () => {
    answer(200, { grant: "payload.signature", expires: 1 });

    expect(await askForGrant("/console/grant/", "token")).toBe("payload.signature");
    expect(fetch).toHaveBeenCalledWith("/console/grant/", expect.objectContaining({ method: "POST" }));
  });

  test.each([401, 403])("says by %i that the session is over", async (status) => {
    answer(status, { error: "unauthorised" });

    await expect(askForGrant("/console/grant/", "token")).rejects.toThrow(SignedOut);
  });

  test.each([500, 503])("says by %i to try again", async (status) => {
    answer(status, {});

    await expect(askForGrant("/console/grant/", "token")).rejects.toThrow(Unreachable);
  });

  test("that can't be reached is tried again", async () => {
    vi.stubGlobal("fetch", vi.fn().mockRejectedValue(new TypeError("offline")));

    await expect(askForGrant("/console/grant/", "token")).rejects.toThrow(Unreachable);
  });
});
