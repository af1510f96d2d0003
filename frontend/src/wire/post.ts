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
    const answer = await parsed(response);
    if (response.ok) return answer as Answer<Name>;
    throw refusal(response.status, answer);
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

/** The error that a status stands for; a proxy's 4xx has no code of ours. */
export function refusal(status: number, answer: unknown): Refused | Unreachable {
  if (status >= 500 || status < 400) return new Unreachable();
  const { error, reason } = (answer ?? {}) as { error?: unknown; reason?: unknown };
  const why = typeof reason === "string" ? reason : undefined;
  return new Refused(status, typeof error === "string" ? error : "error", why);
}

async function parsed(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (response.ok) throw error;
    return undefined;
  }
}
