/**
 * The helper's grant: signed by the server for five minutes at a time, asked for with the session's cookie, kept in
 * memory only.
 */
import { Unreachable } from "../wire/index.js";

/** The session is over: whoever is signed out has no grant, and the page goes to the sign-in page. */
export class SignedOut extends Error {
  override readonly name = "SignedOut";
}

const RENEW_AFTER_MS = 4 * 60_000;
const TRY_AGAIN_MS = 10_000;

export interface GrantKeeperParts {
  /** Asks the server for a grant. Throws `SignedOut` or `Unreachable`. */
  readonly ask: () => Promise<string>;
  readonly onSignedOut: () => void;
}

export class GrantKeeper {
  readonly #parts: GrantKeeperParts;
  #grant: string | undefined;
  #askedAt = 0;
  #asking: Promise<string> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(parts: GrantKeeperParts) {
    this.#parts = parts;
  }

  /** A grant that still lives. A tab that slept through its renewal asks anew. Throws what `ask` throws. */
  async current(): Promise<string> {
    const isFresh = Date.now() - this.#askedAt < RENEW_AFTER_MS;
    return this.#grant !== undefined && isFresh ? this.#grant : this.renew();
  }

  /**
   * Asks for another grant, once for all who ask meanwhile. `instead` is the grant that was refused: if it has been
   * replaced since, the newer one is the answer.
   */
  async renew(instead?: string): Promise<string> {
    if (instead !== undefined && this.#grant !== undefined && instead !== this.#grant) return this.#grant;
    this.#asking ??= this.#askOnce().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  stop(): void {
    this.#stopped = true;
    this.#grant = undefined;
    clearTimeout(this.#timer);
  }

  async #askOnce(): Promise<string> {
    clearTimeout(this.#timer);
    const askedAt = Date.now();
    try {
      this.#grant = await this.#parts.ask();
      this.#askedAt = askedAt;
      this.#renewIn(RENEW_AFTER_MS);
      return this.#grant;
    } catch (error) {
      if (error instanceof SignedOut) this.#signedOut();
      else this.#renewIn(TRY_AGAIN_MS);
      throw error;
    }
  }

  #renewIn(delay: number): void {
    if (this.#stopped) return;
    // What fails here has been told to `onSignedOut`, or is tried again by the next timer.
    this.#timer = setTimeout(() => this.renew().catch(() => undefined), delay);
  }

  #signedOut(): void {
    if (this.#stopped) return;
    this.stop();
    this.#parts.onSignedOut();
  }
}

/** Asks the console's own view; the session says who asks, the token that it was this page. */
export async function askForGrant(url: string, csrfToken: string): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url, { method: "POST", headers: { "X-CSRFToken": csrfToken }, redirect: "error" });
  } catch {
    throw new Unreachable();
  }
  if (response.status === 401 || response.status === 403) throw new SignedOut();
  if (!response.ok) throw new Unreachable();
  const answer: unknown = await response.json().catch(() => undefined);
  const grant = typeof answer === "object" && answer !== null && "grant" in answer ? answer.grant : undefined;
  if (typeof grant !== "string") throw new Unreachable();
  return grant;
}
