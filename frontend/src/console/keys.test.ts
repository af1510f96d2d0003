import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { newConversationKey, openKey, openMessage, sealKey, sealMessage } from "../crypto/index.js";
import { dutyKeyPair, forgetDutyKeys } from "./keys.js";

const place = { conversation: "conversation", recipient: "helper" };

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

describe("the duty's key pair", () => {
  test("is the same after a reload, and opens what was sealed before it", async () => {
    const before = await dutyKeyPair("duty");
    const key = newConversationKey();
    const sealedKey = await sealKey(key, { ...place, publicKey: before.publicKey });
    const message = { conversation: "conversation", sender: "visitor", id: "id" };
    const sealed = await sealMessage(key, { ...message, counter: 0, text: "Hei" });

    const after = await dutyKeyPair("duty");

    expect(after.publicKey).toBe(before.publicKey);
    expect(await openMessage(await openKey(after, place, sealedKey), message, sealed)).toEqual({
      counter: 0,
      text: "Hei",
    });
  });

  test("can't be read out of the browser", async () => {
    await dutyKeyPair("duty");

    const kept = await dutyKeyPair("duty");

    expect(kept.privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("jwk", kept.privateKey)).rejects.toThrow();
  });

  test("is another one in another duty, and the stale one is deleted", async () => {
    const stale = await dutyKeyPair("yesterday");
    const today = await dutyKeyPair("today");

    expect(today.publicKey).not.toBe(stale.publicKey);
    expect((await dutyKeyPair("yesterday")).publicKey).not.toBe(stale.publicKey);
  });

  test("is deleted at sign-out", async () => {
    const before = await dutyKeyPair("duty");

    await forgetDutyKeys();

    expect((await dutyKeyPair("duty")).publicKey).not.toBe(before.publicKey);
  });

  test("is one, when two tabs start at once", async () => {
    const [one, other] = await Promise.all([dutyKeyPair("duty"), dutyKeyPair("duty")]);

    expect(one.publicKey).toBe(other.publicKey);
  });

  test("lives in memory where the browser denies storage", async () => {
    vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("denied", "SecurityError");
    });

    expect((await dutyKeyPair("duty")).publicKey).toHaveLength(87);
    await expect(forgetDutyKeys()).resolves.toBeUndefined();
  });
});
