"""Public identifiers and secrets: random, URL-safe, without a meaning.

`code`s name things to the outside; a database `id` never leaves the server. Secrets are types of their own, so that
mypy keeps them out of places that are logged or shown.
"""

import hashlib
import secrets
from typing import NewType

from suoja.lib import base64url

ConversationCode = NewType("ConversationCode", str)
ParticipantCode = NewType("ParticipantCode", str)
DutyCode = NewType("DutyCode", str)
HelperCode = NewType("HelperCode", str)
LineCode = NewType("LineCode", str)
MessageId = NewType("MessageId", str)

EntryCode = NewType("EntryCode", str)
Grant = NewType("Grant", str)
HalfKey = NewType("HalfKey", str)

_CODE_BYTES = 12
_HALF_KEY_BYTES = 32


def new_code() -> str:
    """Return 96 random bits as 16 URL-safe characters: not guessable, short enough to read in a test's output."""
    return secrets.token_urlsafe(_CODE_BYTES)


def new_half_key() -> HalfKey:
    """Return the server's half of a conversation key: 256 random bits, base64url without padding (43 characters)."""
    return HalfKey(secrets.token_urlsafe(_HALF_KEY_BYTES))


def conversation_of(entry: EntryCode) -> ConversationCode:
    """Return the conversation that an entry makes: always the same, so that asking twice opens one."""
    return ConversationCode(_derived(entry, b"conversation"))


def visitor_of(entry: EntryCode) -> ParticipantCode:
    """Return the visitor's code in the conversation that an entry makes."""
    return ParticipantCode(_derived(entry, b"visitor"))


def _derived(entry: EntryCode, person: bytes) -> str:
    """Return a code that says nothing about the entry: others are told the code, the entry alone proves who asks."""
    return base64url.encode(hashlib.blake2b(entry.encode(), digest_size=_CODE_BYTES, person=person).digest())
