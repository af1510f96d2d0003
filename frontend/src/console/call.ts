import {
  type Answer,
  type Body,
  type Call,
  type CommandName,
  post,
  Refused,
  type Unseated,
} from "../wire/index.js";
import type { GrantKeeper } from "./grant.js";

export interface Seat {
  /** Which of the duty's pages this is, as the server counts them; nothing before it has told. */
  readonly epoch: () => number | null;
  /** The duty is over: a renewed grant is refused too. */
  readonly onOver: () => void;
  /** A newer page has the duty, and this one is heard no more. */
  readonly onSuperseded: () => void;
}

/** Sends commands under the helper's grant and this page's epoch. A grant that is refused is renewed once. */
export function callUnder(grants: GrantKeeper, seat: Seat): Call {
  const send = <Name extends CommandName>(name: Name, body: Unseated<Name>, grant: string) =>
    post(name, { ...body, epoch: seat.epoch() } as unknown as Body<Name>, grant);

  const sendTwice = async <Name extends CommandName>(
    name: Name,
    body: Unseated<Name>,
  ): Promise<Answer<Name>> => {
    const grant = await grants.current();
    try {
      return await send(name, body, grant);
    } catch (error) {
      if (!isUnauthorised(error)) throw error;
    }
    return send(name, body, await grants.renew(grant));
  };

  return async (name, body) => {
    try {
      return await sendTwice(name, body);
    } catch (error) {
      if (isUnauthorised(error)) seat.onOver();
      if (isSuperseded(error)) seat.onSuperseded();
      throw error;
    }
  };
}

export function isUnauthorised(error: unknown): boolean {
  return error instanceof Refused && error.status === 401;
}

export function isSuperseded(error: unknown): boolean {
  return error instanceof Refused && error.code === "superseded";
}
