// While a talk lives, the host's next page opens the panel again (safety 10), and can end the talk before the panel or
// its frame are there (safety 2). So the flag is the token that ends a talk and reads nothing: docs/decisions/0014.

import { attempt } from "../exit/leave.js";

// Storage may be denied: then the host's next page doesn't know of the talk.

/** The one entry in the host's storage. An empty token takes it down. # safety 8 */
export function setFlag(token: string): void {
  attempt(() => {
    if (token) sessionStorage["suoja"] = token;
    else sessionStorage.removeItem("suoja");
  });
}

/** Takes the flag down and gives the token. */
export function takeFlag(): string | undefined {
  let token: string | undefined;
  attempt(() => {
    token = sessionStorage["suoja"];
    sessionStorage.removeItem("suoja");
  });
  return token;
}
