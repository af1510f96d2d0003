// While a talk lives, the host's next page opens the panel again (safety 10), and can end the talk before the panel or
// its frame are there (safety 2). So the flag is the token that ends a talk and reads nothing: docs/decisions/0014.

import { attempt } from "../exit/leave.js";

/** The one name in the host's sessionStorage. # safety 8 */
export const FLAG = "suoja";

/** An empty token takes the flag down. Storage may be denied: then the next page doesn't know of the talk. */
export function setFlag(token: string): void {
  attempt(() => {
    if (token) sessionStorage.setItem(FLAG, token);
    else sessionStorage.removeItem(FLAG);
  });
}

/** Takes the flag down and gives the token that it was. */
export function takeFlag(): string | undefined {
  let token: string | null | undefined;
  attempt(() => {
    token = sessionStorage.getItem(FLAG);
    sessionStorage.removeItem(FLAG);
  });
  return token ?? undefined;
}
