import { type Answer, type Body, type Call, type CommandName, post, Refused } from "../wire/index.js";
import type { GrantKeeper } from "./grant.js";

/**
 * Sends commands under the helper's grant. A grant that is refused is renewed once; if the next one is refused too,
 * the duty is over, and `onOver` is told.
 */
export function callUnder(grants: GrantKeeper, onOver: () => void): Call {
  return async <Name extends CommandName>(name: Name, body: Body<Name>): Promise<Answer<Name>> => {
    const grant = await grants.current();
    try {
      return await post(name, body, grant);
    } catch (error) {
      if (!isUnauthorised(error)) throw error;
    }
    try {
      return await post(name, body, await grants.renew(grant));
    } catch (error) {
      if (isUnauthorised(error)) onOver();
      throw error;
    }
  };
}

function isUnauthorised(error: unknown): boolean {
  return error instanceof Refused && error.status === 401;
}
