import type { Answer, Body, CommandName } from "./commands.js";
import { Refused, Unreachable } from "./errors.js";

/** A phone in a lift gets no answer and no error either; then the same bytes are sent again. */
const PATIENCE_MS = 15_000;

/**
 * Sends one command. The grant travels in a header, never in the address (it would stand in logs).
 * Throws `Refused` for a no of ours (4xx), `Unreachable` for no answer, a late one, 5xx, and whatever isn't ours.
 */
export async function post<Name extends CommandName>(
  name: Name,
  body: Body<Name>,
  grant?: string,
): Promise<Answer<Name>> {
  const given = new AbortController();
  const patience = setTimeout(() => given.abort(), PATIENCE_MS);
  try {
    // "I am leaving" is said by a page that is gone when it arrives.
    const keepalive = name === "here";
    const response = await fetch(`/live/${name}`, { ...request(body, grant, given.signal), keepalive });
    if (!response.ok) throw await refusal(response);
    // 204 has no body.
    return (response.status === 204 ? undefined : await response.json()) as Answer<Name>;
  } catch (error) {
    throw error instanceof Refused ? error : new Unreachable();
  } finally {
    clearTimeout(patience);
  }
}

/** How each request of ours goes out; the stream uses the same. */
export function request(body: unknown, grant: string | undefined, signal: AbortSignal): RequestInit {
  const authorization = grant === undefined ? {} : { Authorization: `Bearer ${grant}` };
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", ...authorization },
    body: JSON.stringify(body),
    signal,
    credentials: "omit",
    redirect: "error",
  };
}

/**
 * The error that an answer stands for. A no without one of our codes is somebody's between us and the server, a hotel's
 * sign-in page or a proxy: it must not end a talk.
 */
export async function refusal(response: Response): Promise<Refused | Unreachable> {
  const told = (await response.json().catch(() => undefined)) as Told | undefined;
  const isOurs = response.status < 500 && /^[a-z_]+$/.test(String(told?.error ?? "-"));
  return isOurs ? new Refused(response.status, String(told?.error), told?.reason) : new Unreachable();
}

interface Told {
  readonly error?: unknown;
  readonly reason?: string;
}
