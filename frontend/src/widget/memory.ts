import { attempt } from "../exit/index.js";

/**
 * What outlives a reload, and only while the talk lives: it opens nothing without the server's half of the key, and
 * that half is destroyed with the talk (safety 8). Sealed bytes are kept since sealing anew would change them. The
 * names are written to the storage, so the build leaves them as they are: the next version has to find them.
 */
export interface Kept {
  readonly grant: string;
  readonly exit_grant: string;
  /** This browser's half of the conversation key. */
  readonly half: string;
  readonly conversation: string;
  readonly participant: string;
  readonly line: string;
  readonly unsent: readonly { readonly id: string; readonly sealed: string }[];
}

/** Beside the loader's flag: on our own front page both stand in one storage. */
const NAME = "suoja-talk";

/** Storage may be denied to a frame or by a setting; then the talk lives in memory only, and all else works. */
export function keep(what: Kept): void {
  attempt(() => sessionStorage.setItem(NAME, JSON.stringify(what)));
}

export function kept(): Kept | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

export function wipe(): void {
  attempt(() => {
    sessionStorage.removeItem(NAME);
  });
}
