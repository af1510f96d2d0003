"""Public identifiers and secrets: random, URL-safe, without a meaning.

`code`s name things to the outside; a database `id` never leaves the server. Secrets are types of their own, so that
mypy keeps them out of places that are logged or shown.
"""

import secrets
from typing import NewType

ConversationCode = NewType("ConversationCode", str)
ParticipantCode = NewType("ParticipantCode", str)
DutyCode = NewType("DutyCode", str)
HelperCode = NewType("HelperCode", str)
LineCode = NewType("LineCode", str)
MessageId = NewType("MessageId", str)

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
