/**
 * The golden vectors as a list of checks, for tests alone: vitest runs them under Node, and
 * tests/journeys/crypto/ the very same list in real browsers. The door doesn't export it, so no bundle carries it.
 */
import keys from "../../../tests/golden/crypto/keys.json" with { type: "json" };
import messages from "../../../tests/golden/crypto/messages.json" with { type: "json" };
import rfc9180 from "../../../tests/golden/crypto/rfc9180.json" with { type: "json" };
import split from "../../../tests/golden/crypto/split.json" with { type: "json" };
import { type Bytes, fromBase64Url, toBase64Url } from "./bytes.js";
import type { DutyKeyPair } from "./duty.js";
import { CannotOpen, CannotSeal } from "./errors.js";
import { decapsulate, encapsulate, keySchedule, P256 } from "./hpke.js";
import { ConversationKey, joinKey, RAW, splitKey } from "./key.js";
import { openMessage, sealMessageWithNonce } from "./message.js";
import { openKey, sealKey } from "./sealing.js";
import { splitText } from "./text.js";

export interface Check {
  readonly name: string;
  readonly run: () => Promise<void> | void;
}

export const checks: readonly Check[] = [
  ...rfcChecks(),
  ...messages.cases.flatMap(messageChecks),
  ...messages.refused.map(refusedMessageCheck),
  ...keys.cases.flatMap(keyChecks),
  ...keys.refused.map(refusedKeyCheck),
  ...keys.refusedPublicKeys.map(refusedPublicKeyCheck),
  ...split.halves.map(halvesCheck),
  ...split.texts.map(textCheck),
];

function rfcChecks(): Check[] {
  return [
    { name: "RFC 9180: encapsulate with the given ephemeral key", run: encapsulateAsTheRfc },
    { name: "RFC 9180: decapsulate", run: decapsulateAsTheRfc },
    { name: "RFC 9180: key and nonce", run: scheduleAsTheRfc },
    { name: "RFC 9180: open what was sealed", run: openAsTheRfc },
  ];
}

async function encapsulateAsTheRfc(): Promise<void> {
  const ephemeral = await pairOf(fromHex(rfc9180.skEm), fromHex(rfc9180.pkEm));
  const { encapsulation, shared } = await withEphemeral(ephemeral, () => encapsulate(fromHex(rfc9180.pkRm)));
  equal(toHex(encapsulation), rfc9180.enc);
  equal(toHex(shared), rfc9180.shared_secret);
}

async function decapsulateAsTheRfc(): Promise<void> {
  equal(toHex(await rfcShared()), rfc9180.shared_secret);
}

async function scheduleAsTheRfc(): Promise<void> {
  const { key, nonce } = await keySchedule(await rfcShared(), fromHex(rfc9180.info));
  equal(toHex(key), rfc9180.key);
  equal(toHex(nonce), rfc9180.base_nonce);
}

/** The first of the vector's messages: ours are single, and carry no additional data of their own. */
async function openAsTheRfc(): Promise<void> {
  const [first] = rfc9180.encryptions;
  if (!first) throw new Error("the vector holds no message");
  const { key, nonce } = await keySchedule(await rfcShared(), fromHex(rfc9180.info));
  const cipher = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  const how = { name: "AES-GCM", iv: nonce, additionalData: fromHex(first.aad) };
  equal(toHex(new Uint8Array(await crypto.subtle.decrypt(how, cipher, fromHex(first.ct)))), first.pt);
}

async function rfcShared(): Promise<Bytes> {
  const { privateKey } = await pairOf(fromHex(rfc9180.skRm), fromHex(rfc9180.pkRm));
  return decapsulate(privateKey, fromHex(rfc9180.pkRm), fromHex(rfc9180.enc));
}

function messageChecks(message: (typeof messages.cases)[number]): Check[] {
  const seal = async (): Promise<void> => {
    const sealed = await sealMessageWithNonce(messageKey(), message, fromBase64Url(message.nonce));
    equal(sealed, message.sealed);
  };
  const open = async (): Promise<void> => {
    const { counter, text } = await openMessage(messageKey(), message, message.sealed);
    equal(text, message.text);
    equal(counter, message.counter);
  };
  return [
    { name: `message: seal ${message.name}`, run: seal },
    { name: `message: open ${message.name}`, run: open },
  ];
}

function refusedMessageCheck({ name, sealed }: { name: string; sealed: string }): Check {
  const open = () => openMessage(messageKey(), messages.place, sealed);
  return { name: `message: refuse ${name}`, run: () => throws(CannotOpen, open) };
}

function keyChecks(place: (typeof keys.cases)[number], at: number): Check[] {
  const seal = async (): Promise<void> => {
    const { private: secret, publicKey } = place.ephemeral;
    const ephemeral = await pairOf(fromBase64Url(secret), fromBase64Url(publicKey));
    const to = { ...place, publicKey: keys.recipient.publicKey };
    const key = new ConversationKey(fromBase64Url(place.key));
    equal(await withEphemeral(ephemeral, () => sealKey(key, to)), place.sealed);
  };
  const open = async (): Promise<void> => {
    const key = await openKey(await recipient(), place, place.sealed);
    equal(toBase64Url(key[RAW]()), place.key);
  };
  return [
    { name: `key: seal number ${at}`, run: seal },
    { name: `key: open number ${at}`, run: open },
  ];
}

function refusedKeyCheck({ name, sealed }: { name: string; sealed: string }): Check {
  const open = async () => openKey(await recipient(), keys.place, sealed);
  return { name: `key: refuse ${name}`, run: () => throws(CannotOpen, open) };
}

function refusedPublicKeyCheck({ name, publicKey }: { name: string; publicKey: string }): Check {
  const key = new ConversationKey(new Uint8Array(32));
  const seal = () => sealKey(key, { ...keys.place, publicKey });
  return { name: `key: seal to no public key that is ${name}`, run: () => throws(CannotSeal, seal) };
}

function halvesCheck({ key, serverHalf, browserHalf }: (typeof split.halves)[number], at: number): Check {
  const run = (): void => {
    equal(splitKey(new ConversationKey(fromBase64Url(key)), serverHalf), browserHalf);
    equal(toBase64Url(joinKey(browserHalf, serverHalf)[RAW]()), key);
  };
  return { name: `halves: split and join number ${at}`, run };
}

function textCheck({ name, parts, pieces }: (typeof split.texts)[number]): Check {
  const run = (): void => {
    const text = parts.map(([part, times]) => String(part).repeat(Number(times))).join("");
    const cut = splitText(text);
    equal(cut.join(""), text);
    equal(cut.map((piece) => new TextEncoder().encode(piece).length).join(), pieces.join());
  };
  return { name: `text: ${name}`, run };
}

function messageKey(): ConversationKey {
  return new ConversationKey(fromBase64Url(messages.key));
}

function recipient(): Promise<DutyKeyPair> {
  return pairOf(fromBase64Url(keys.recipient.private), fromBase64Url(keys.recipient.publicKey));
}

/** A pair from its raw bytes, the private key non-extractable like one of a duty. */
async function pairOf(secret: Bytes, publicBytes: Bytes): Promise<DutyKeyPair> {
  const [x, y] = [publicBytes.slice(1, 33), publicBytes.slice(33)].map(toBase64Url);
  const jwk = { kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "", d: toBase64Url(secret) };
  const privateKey = await crypto.subtle.importKey("jwk", jwk, P256, false, ["deriveBits"]);
  return { privateKey, publicKey: toBase64Url(publicBytes) };
}

/** HPKE draws its ephemeral key here; another seam would be one in what the visitor runs. */
async function withEphemeral<T>(pair: DutyKeyPair, seal: () => Promise<T>): Promise<T> {
  const publicKey = await crypto.subtle.importKey("raw", fromBase64Url(pair.publicKey), P256, true, []);
  const ephemeral = { privateKey: pair.privateKey, publicKey };
  Object.defineProperty(crypto.subtle, "generateKey", { value: async () => ephemeral, configurable: true });
  try {
    return await seal();
  } finally {
    // The property shadows the prototype's method, which is seen again once it is gone.
    Reflect.deleteProperty(crypto.subtle, "generateKey");
  }
}

function equal(got: unknown, wanted: unknown): void {
  if (got !== wanted) throw new Error(`got ${String(got)}, wanted ${String(wanted)}`);
}

async function throws(kind: typeof CannotOpen, act: () => Promise<unknown>): Promise<void> {
  const thrown = await act().catch((error: unknown) => error);
  equal(thrown instanceof kind, true);
}

function fromHex(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
