// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { type Kept, keep, kept, wipe } from "./memory.js";

const talk: Kept = {
  grant: "g",
  exit_grant: "e",
  half: "h",
  conversation: "c",
  participant: "p",
  line: "adults",
  unsent: [],
};

beforeEach(() => sessionStorage.clear());

describe("what a reload finds", () => {
  // safety 8
  test("is there while the talk lives and nowhere else, and gone when it is wiped", () => {
    keep(talk);
    expect([kept(), localStorage.length, document.cookie]).toEqual([talk, 0, ""]);
    wipe();
    expect([kept(), sessionStorage.length]).toEqual([undefined, 0]);
  });

  // safety 8
  test("is nothing where storage is denied, and nothing fails", () => {
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(denied);
    vi.spyOn(Storage.prototype, "getItem").mockImplementation(denied);
    vi.spyOn(Storage.prototype, "removeItem").mockImplementation(denied);
    keep(talk);
    expect(kept()).toBeUndefined();
    wipe();
  });

  test("is nothing when somebody else's page wrote something under its name", () => {
    sessionStorage.setItem("suoja-talk", "{");
    expect(kept()).toBeUndefined();
  });

  // safety 8
  test("stays beside the flag of the loader, whose page may be of the same origin", () => {
    keep(talk);
    sessionStorage.setItem("suoja", "exit-only");
    expect(kept()).toEqual(talk);
  });
});

function denied(): never {
  throw new DOMException("denied", "SecurityError");
}
