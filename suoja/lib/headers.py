"""Headers of every answer, whoever makes it: Django, the live core, or what stands before both. Each value once.

Django's middleware (suoja/lib/security.py) takes from here what it adds; answers that Django never sees carry `BARE`,
and over https `transport`.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

# No page here measures, locates, records or pays: nothing that a script could be tricked into asking for.
_POWERS = (
    "accelerometer autoplay browsing-topics camera display-capture encrypted-media "
    "fullscreen geolocation gyroscope hid identity-credentials-get idle-detection local-fonts magnetometer microphone "
    "midi payment picture-in-picture publickey-credentials-get screen-wake-lock serial usb xr-spatial-tracking"
)
PERMISSIONS = ", ".join(f"{power}=()" for power in _POWERS.split())

BARE: Headers = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"permissions-policy", PERMISSIONS.encode()),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
]
"""What an answer carries that shows nothing and runs nothing."""


def transport(seconds: int, *, subdomains: bool, preload: bool) -> Headers:
    """Return what tells browsers to come by https alone, in the words of Django's own; nothing for no seconds."""
    value = f"max-age={seconds}{'; includeSubDomains' if subdomains else ''}{'; preload' if preload else ''}"
    return [(b"strict-transport-security", value.encode())] if seconds else []


def adding(send: Send, headers: Headers) -> Send:
    """Return a way to send that adds headers to what is answered."""

    async def send_with(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), *headers]}
        await send(message)

    return send_with
