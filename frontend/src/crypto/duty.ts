import { toBase64Url } from "./bytes.js";
import { P256 } from "./hpke.js";

/**
 * A helper's keys for the length of one duty. Plain data with a CryptoKey, so that IndexedDB can keep it over a
 * reload; the private key can't be read out of the browser, not even by us.
 */
export interface DutyKeyPair {
  readonly privateKey: CryptoKey;
  /** Base64url of the 65 raw bytes, to be given to the server. */
  readonly publicKey: string;
}

export async function newDutyKeyPair(): Promise<DutyKeyPair> {
  const pair = await crypto.subtle.generateKey(P256, false, ["deriveBits"]);
  const raw = await crypto.subtle.exportKey("raw", pair.publicKey);
  return { privateKey: pair.privateKey, publicKey: toBase64Url(new Uint8Array(raw)) };
}
