import { toBase64Url } from "./bytes.js";
import { suite } from "./hpke.js";

/**
 * A helper's keys for the length of one duty. Plain data with CryptoKeys, so that IndexedDB can keep it over a
 * reload; the private key can't be read out of the browser, not even by us.
 */
export interface DutyKeyPair {
  readonly privateKey: CryptoKey;
  readonly publicCryptoKey: CryptoKey;
  /** Base64url of the 65 raw bytes, to be given to the server. */
  readonly publicKey: string;
}

export async function newDutyKeyPair(): Promise<DutyKeyPair> {
  const pair = await suite.GenerateKeyPair(false);
  return {
    privateKey: pair.privateKey,
    publicCryptoKey: pair.publicKey,
    publicKey: toBase64Url(await suite.SerializePublicKey(pair.publicKey)),
  };
}
