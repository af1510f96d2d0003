import type { Answer, Body, CommandName } from "./commands.js";
import { Refused, Unreachable } from "./errors.js";

/** A phone in a lift gets no answer and no error either; then the same bytes are sent again. */
const PATIENCE_MS = 15_000;

/**
 * Sends one command. The grant travels in a header, never in the address (it would stand in logs).
 * Throws `Refused` for a no (4xx), `Unreachable` for no answer, a late one and 5xx.
 */
export async function post<Name extends CommandName>(
  name: Name,
  body: Body<Name>,
  grant?: string,
): Promise<Answer<Name>> {
  const given = new AbortController();
  const patience = setTimeout(() => given.abort(), PATIENCE_MS);
  try {
    const response = await fetch(`/live/${name}`, request(body, grant, given.signal));
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

/** The error that an answer stands for; a proxy's 4xx has no code of ours. */
export async function refusal(response: Response): Promise<Refused | Unreachable> {
  const { status } = response;
  if (status >= 500 || status < 400) return new Unreachable();
  const { error = "error", reason } = await (response.json() as Promise<Told>).catch(() => ({}) as Told);
  return new Refused(status, error, reason);
}

interface Told {
  readonly error?: string;
  readonly reason?: string;
}
