/**
 * The one door to encryption: other folders import from here and from no file beside it.
 *
 * No DOM, no network, no storage; WebCrypto alone. The bytes are described in docs/encryption.md and shared with
 * Python by the vectors in tests/golden/crypto/.
 */
export { fromBase64Url, newMessageId, toBase64Url } from "./bytes.js";
export { type DutyKeyPair, newDutyKeyPair } from "./duty.js";
export { CannotOpen, CannotSeal, KeyForgotten, TooLong } from "./errors.js";
export { type ConversationKey, joinKey, newConversationKey, splitKey } from "./key.js";
export { type MessagePlace, type OpenedMessage, openMessage, sealMessage } from "./message.js";
export { type KeyPlace, openKey, sealKey } from "./sealing.js";
export { splitText } from "./text.js";
