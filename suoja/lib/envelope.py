"""What is sealed: messages under the conversation's key, and that key to a recipient. docs/encryption.md has the bytes.

The same functions as frontend/src/crypto/, with the same bytes; tests/golden/crypto/ holds both to it. Python can't
wipe `bytes`, so the server, where it seals at all (the talk without JavaScript), keeps a key no longer than one call.
"""

import secrets
from dataclasses import dataclass
from typing import NewType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from suoja.lib import base64url, hpke, padding
from suoja.lib.codes import ConversationCode, HalfKey, MessageId, ParticipantCode
from suoja.lib.padding import Spoken

ConversationKey = NewType("ConversationKey", bytes)

# The only suite so far: HPKE base mode with DHKEM(P-256), HKDF-SHA256, AES-256-GCM; messages in AES-256-GCM.
_SUITE_BYTE = b"\x01"
_SUITE_TEXT = b"1"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_MESSAGE_ID_BYTES = 16


class CannotOpen(Exception):
    """What was given is not what its sender sealed for this place, or not for this key."""


class CannotSeal(Exception):
    """The public key or the half that was given is not one, so nothing was sealed."""


class TooLong(Exception):
    """The text does not fit the largest envelope; `padding.split_text` makes pieces that do."""


def new_conversation_key() -> ConversationKey:
    """Return 256 random bits."""
    return ConversationKey(secrets.token_bytes(_KEY_BYTES))


def new_message_id() -> MessageId:
    """Return a fresh id for one message: 16 random bytes, so two senders never meet on one."""
    return MessageId(secrets.token_urlsafe(_MESSAGE_ID_BYTES))


@dataclass(frozen=True, slots=True)
class MessagePlace:
    """Where a message belongs. It is bound to all three: moved elsewhere, it doesn't open."""

    conversation: ConversationCode
    sender: ParticipantCode
    id: MessageId

    def context(self) -> bytes:
        """Return the additional data that AES-GCM authenticates."""
        return _fields(
            b"suoja message", _SUITE_TEXT, self.conversation.encode(), self.sender.encode(), self.id.encode()
        )


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Whom a sealed key is for. It is bound to both and to the recipient's public key."""

    conversation: ConversationCode
    recipient: ParticipantCode

    def context(self, public: bytes) -> bytes:
        """Return HPKE's `info`."""
        return _fields(b"suoja key", _SUITE_TEXT, self.conversation.encode(), self.recipient.encode(), public)


# --- messages -------------------------------------------------------------------------------------------------------


def seal_message(key: ConversationKey, place: MessagePlace, spoken: Spoken) -> str:
    """Return the envelope, base64url; `TooLong` if the text doesn't fit. Sealed twice, a text gives other bytes."""
    return seal_message_with_nonce(key, place, spoken, secrets.token_bytes(_NONCE_BYTES))


def seal_message_with_nonce(key: ConversationKey, place: MessagePlace, spoken: Spoken, nonce: bytes) -> str:
    """Do it for the vectors only: a nonce used twice under one key gives both texts away."""
    padded = padding.pad(spoken)
    if padded is None:
        raise TooLong
    return base64url.encode(_SUITE_BYTE + nonce + AESGCM(key).encrypt(nonce, padded, place.context()))


def open_message(key: ConversationKey, place: MessagePlace, sealed: str) -> Spoken:
    """Return what was said; `CannotOpen` for whatever isn't exactly what `place.sender` sealed for this place."""
    body = _body(sealed)
    try:
        padded = AESGCM(key).decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], place.context())
    except (InvalidTag, ValueError):
        raise CannotOpen from None
    spoken = padding.unpad(padded)
    if spoken is None:
        raise CannotOpen
    return spoken


# --- keys -----------------------------------------------------------------------------------------------------------


def seal_key(key: ConversationKey, place: KeyPlace, public_key: str) -> str:
    """Return the key sealed to the holder of `public_key` (base64url, 65 raw bytes); `CannotSeal` if it is none."""
    public = _sealable(public_key)
    sealed = hpke.seal(key, public, place.context(public))
    if sealed is None:
        raise CannotSeal
    return base64url.encode(_SUITE_BYTE + sealed)


def open_key(pair: hpke.KeyPair, place: KeyPlace, sealed: str) -> ConversationKey:
    """Return the key; `CannotOpen` for whatever wasn't sealed to this pair for this place."""
    key = hpke.open_sealed(_body(sealed), pair.private, place.context(pair.public))
    if key is None or len(key) != _KEY_BYTES:
        raise CannotOpen
    return ConversationKey(key)


def split_key(key: ConversationKey, server_half: HalfKey) -> HalfKey:
    """Return the browser's half, A = K xor B. Either half alone is noise: a seized device or disk opens nothing."""
    half = _sealable(server_half)
    if len(half) != _KEY_BYTES:
        raise CannotSeal
    return HalfKey(base64url.encode(_xor(key, half)))


def join_key(browser_half: HalfKey, server_half: HalfKey) -> ConversationKey:
    """Return the key from both halves; `CannotOpen` if one isn't a half. A wrong half's key opens nothing."""
    one, other = _opened(browser_half), _opened(server_half)
    if len(one) != _KEY_BYTES or len(other) != _KEY_BYTES:
        raise CannotOpen
    return ConversationKey(_xor(one, other))


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


# --- bytes ----------------------------------------------------------------------------------------------------------


def _opened(text: str) -> bytes:
    try:
        return base64url.decode(text)
    except base64url.NotBase64url:
        raise CannotOpen from None


def _sealable(text: str) -> bytes:
    try:
        return base64url.decode(text)
    except base64url.NotBase64url:
        raise CannotSeal from None


def _body(sealed: str) -> bytes:
    """Return what follows the suite byte."""
    envelope = _opened(sealed)
    if envelope[:1] != _SUITE_BYTE:
        raise CannotOpen
    return envelope[1:]


def _fields(*values: bytes) -> bytes:
    """Return each field as u16 length and bytes. Without lengths, ("ab", "c") and ("a", "bc") would be one context."""
    return b"".join(len(value).to_bytes(2) + value for value in values)
