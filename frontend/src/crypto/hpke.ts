/**
 * HPKE (RFC 9180) in suite 1 and no more of it than we use: base mode, one message, DHKEM(P-256, HKDF-SHA256),
 * HKDF-SHA256, AES-256-GCM. Every primitive is the platform's; here is only the order in which the RFC calls them.
 *
 * Why not the library, which seals the same: docs/decisions/0012-hpke-on-webcrypto.md. It stands beside this in the
 * tests, with the RFC's own vector and Python's library.
 */
import { type Bytes, concat } from "./bytes.js";

export const P256 = { name: "ECDH", namedCurve: "P-256" };
/** An uncompressed point of P-256. */
export const POINT_BYTES = 65;

const HASH_BYTES = 32;
const NONCE_BYTES = 12;
const NOTHING = new Uint8Array();
// Every derived byte is bound to the version and to KEM 0x0010, KDF 0x0001, AEAD 0x0002.
const IN_KEM = concat(ascii("HPKE-v1KEM"), Uint8Array.of(0, 0x10));
const IN_SUITE = concat(ascii("HPKE-v1HPKE"), Uint8Array.of(0, 0x10, 0, 1, 0, 2));

export interface KeyAndNonce {
  readonly key: Bytes;
  readonly nonce: Bytes;
}

/** Seals to a public key (65 raw bytes): encapsulation, then ciphertext. Rejects what is no point of the curve. */
export async function seal(publicKey: Bytes, plaintext: Bytes, info: Bytes): Promise<Bytes> {
  const { encapsulation, shared } = await encapsulate(publicKey);
  const { key, nonce } = await keySchedule(shared, info);
  const cipher = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, cipher, plaintext);
  return concat(encapsulation, new Uint8Array(sealed));
}

/** The plaintext of `seal`; rejects whatever wasn't sealed to this pair with this `info`. */
export async function open(
  privateKey: CryptoKey,
  publicKey: Bytes,
  sealed: Bytes,
  info: Bytes,
): Promise<Bytes> {
  const shared = await decapsulate(privateKey, publicKey, sealed.slice(0, POINT_BYTES));
  const { key, nonce } = await keySchedule(shared, info);
  const cipher = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  const ciphertext = sealed.slice(POINT_BYTES);
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce }, cipher, ciphertext));
}

/** RFC 9180, 4.1, Encap. */
export async function encapsulate(publicKey: Bytes): Promise<{ encapsulation: Bytes; shared: Bytes }> {
  const ephemeral = await crypto.subtle.generateKey(P256, false, ["deriveBits"]);
  const encapsulation = new Uint8Array(await crypto.subtle.exportKey("raw", ephemeral.publicKey));
  const agreed = await agree(ephemeral.privateKey, publicKey);
  return { encapsulation, shared: await sharedSecret(agreed, encapsulation, publicKey) };
}

/** RFC 9180, 4.1, Decap. */
export async function decapsulate(
  privateKey: CryptoKey,
  publicKey: Bytes,
  encapsulation: Bytes,
): Promise<Bytes> {
  return sharedSecret(await agree(privateKey, encapsulation), encapsulation, publicKey);
}

/** RFC 9180, 5.1, KeySchedule with mode_base (0) and no pre-shared key. */
export async function keySchedule(shared: Bytes, info: Bytes): Promise<KeyAndNonce> {
  const pskIdHash = await extract(NOTHING, label(IN_SUITE, "psk_id_hash"), NOTHING);
  const infoHash = await extract(NOTHING, label(IN_SUITE, "info_hash"), info);
  const context = concat(Uint8Array.of(0), pskIdHash, infoHash);
  const secret = await extract(shared, label(IN_SUITE, "secret"), NOTHING);
  return {
    key: await expand(secret, label(IN_SUITE, "key"), context, HASH_BYTES),
    nonce: await expand(secret, label(IN_SUITE, "base_nonce"), context, NONCE_BYTES),
  };
}

/** The platform checks that the point lies on the curve, as the RFC demands (7.1.4). */
async function agree(privateKey: CryptoKey, publicKey: Bytes): Promise<Bytes> {
  const other = await crypto.subtle.importKey("raw", publicKey, P256, false, []);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: other }, privateKey, 256));
}

async function sharedSecret(agreed: Bytes, encapsulation: Bytes, publicKey: Bytes): Promise<Bytes> {
  const pseudorandom = await extract(NOTHING, label(IN_KEM, "eae_prk"), agreed);
  return expand(pseudorandom, label(IN_KEM, "shared_secret"), concat(encapsulation, publicKey), HASH_BYTES);
}

function label(within: Bytes, name: string): Bytes {
  return concat(within, ascii(name));
}

/** RFC 9180, 4, LabeledExtract. */
function extract(salt: Bytes, labeled: Bytes, material: Bytes): Promise<Bytes> {
  return hmac(salt, concat(labeled, material));
}

/** RFC 9180, 4, LabeledExpand, for at most one block of the hash: nothing of ours is longer. */
async function expand(secret: Bytes, labeled: Bytes, info: Bytes, length: number): Promise<Bytes> {
  const block = await hmac(secret, concat(Uint8Array.of(0, length), labeled, info, Uint8Array.of(1)));
  return block.slice(0, length);
}

async function hmac(secret: Bytes, data: Bytes): Promise<Bytes> {
  // Browsers refuse an empty key; HMAC fills a short one with zeros, so these zeros are the same key.
  const raw = secret.length > 0 ? secret : new Uint8Array(HASH_BYTES);
  const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, data));
}

function ascii(text: string): Bytes {
  return new TextEncoder().encode(text);
}
