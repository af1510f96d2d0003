"""Grants: signed tokens that say what a browser may do, so that neither side needs a cookie in the live core.

A grant is `payload.signature`, both base64url: the payload a msgspec struct as JSON, the signature HMAC-SHA256 under
a key derived from the service's secret. It travels in the `Authorization` header or, for the exit alone, in a body;
never in a URL. A grant proves that the server gave it; whether the conversation or duty still lives is the journal's
to say.
"""

import hashlib
import hmac
from datetime import datetime

import msgspec

from suoja.lib import base64url
from suoja.lib.codes import ConversationCode, DutyCode, Grant, HelperCode, LineCode, ParticipantCode
from suoja.lib.errors import Unauthorised
from suoja.lib.language_codes import Language

MAX_GRANT_CHARACTERS = 2048


class VisitorGrant(msgspec.Struct, frozen=True, tag_field="for", tag="visitor"):
    """May take part in one conversation as its visitor. There is no other trace of who that is."""

    conversation: ConversationCode
    participant: ParticipantCode
    expires: int


class ExitGrant(msgspec.Struct, frozen=True, tag_field="for", tag="exit"):
    """May destroy one conversation, and can't read a word of it: safe to hand to the host's page."""

    conversation: ConversationCode
    participant: ParticipantCode
    expires: int


class Standing(msgspec.Struct, frozen=True):
    """What a helper may do and is shown as, as the account stood when it was signed.

    `languages` are those that the helper writes (safety 11). `names` are the names shown to visitors, by language code
    (M7); the account's own name is not in here (M15).
    """

    role: str
    lines: tuple[LineCode, ...]
    languages: tuple[Language, ...]
    names: dict[str, str]
    capacity: int

    @property
    def is_peer(self) -> bool:
        """Tell whether the helper is a peer, whom M22 keeps from some lines and visitors."""
        return self.role == "peer"


class HelperGrant(msgspec.Struct, frozen=True, tag_field="for", tag="helper"):
    """May work in one duty, as its standing says. Given for minutes at a time from the console's signed-in session."""

    duty: DutyCode
    helper: HelperCode
    standing: Standing
    expires: int


AnyGrant = VisitorGrant | ExitGrant | HelperGrant


class GrantSigner:
    """Signs and reads grants under one secret."""

    def __init__(self, secret: str) -> None:
        """Derive the signing key; the secret itself is not kept."""
        self._key = hashlib.blake2b(secret.encode(), digest_size=32, person=b"suoja grants").digest()
        self._decoder: msgspec.json.Decoder[AnyGrant] = msgspec.json.Decoder(AnyGrant)

    def sign(self, grant: AnyGrant) -> Grant:
        """Return the token for a grant."""
        payload = base64url.encode(msgspec.json.encode(grant))
        return Grant(f"{payload}.{self._signature(payload)}")

    def read(self, token: str, now: datetime) -> AnyGrant:
        """Return what a token grants.

        Raises Unauthorised when the token is not one of ours or has expired.
        """
        payload, _, signature = token[:MAX_GRANT_CHARACTERS].partition(".")
        if not hmac.compare_digest(self._signature(payload).encode(), signature.encode()):
            raise Unauthorised
        try:
            grant = self._decoder.decode(base64url.decode(payload))
        except (base64url.NotBase64url, msgspec.DecodeError) as error:
            raise Unauthorised from error
        if grant.expires <= now.timestamp():
            raise Unauthorised
        return grant

    def _signature(self, payload: str) -> str:
        return base64url.encode(hmac.new(self._key, payload.encode(), hashlib.sha256).digest())
