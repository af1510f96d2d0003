"""base64url without padding: how bytes travel in texts. Each has one spelling, and only that one is read."""

import base64


class NotBase64url(ValueError):
    """A text that spells no bytes, or spells them in another way than `encode` does."""


def encode(data: bytes) -> str:
    """Return the one spelling of some bytes."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Return the bytes. Raises NotBase64url.

    Strict: a second spelling of the same bytes would pass for another message where texts are compared.
    """
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise NotBase64url from error
    if encode(data) != text:
        raise NotBase64url
    return data
