"""As much of HTTP as the core needs, over plain ASGI: headers, a bounded body, an answer, the end of a connection."""

import msgspec
from msgspec import Struct

from suoja.lib.errors import Malformed, TooLarge
from suoja.lib.headers import BARE, Headers, Receive, Scope, Send
from suoja.live.wire import MAX_REQUEST_BYTES

_BEARER = "bearer "

STREAM: Headers = [
    (b"content-type", b"text/event-stream"),
    # A proxy that collects events before it passes them on would hold back what somebody says.
    (b"x-accel-buffering", b"no"),
    *BARE,
]

_READERS = b"cross-origin-resource-policy"
BEACON: Headers = [(name, b"cross-origin" if name == _READERS else value) for name, value in BARE]
"""The exit is answered so: a host's page may send it too, and would be told of an error that is none."""


class Request:
    """What the core asks of a request, and the way to its body."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        """Read the headers; names come in lower case by ASGI's rule, and the first of a name counts."""
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.receive = receive
        self._given: Headers = scope["headers"]
        self._headers: dict[bytes, bytes] = dict(reversed(self._given))

    @property
    def origin(self) -> str:
        """Return the origin of the page that asks; empty when the browser named none."""
        return self._header(b"origin")

    @property
    def host(self) -> str:
        """Return the host that was asked."""
        return self._header(b"host")

    @property
    def content_type(self) -> str:
        """Return the media type without its parameters."""
        return self._header(b"content-type").partition(";")[0].strip().lower()

    @property
    def bearer(self) -> str:
        """Return the grant in the Authorization header, or nothing."""
        value = self._header(b"authorization")
        return value[len(_BEARER) :].strip() if value.lower().startswith(_BEARER) else ""

    def check_length(self) -> None:
        """Raise TooLarge when the request itself says so: nothing of it is read then."""
        length = self._header(b"content-length")
        if length.isdecimal() and int(length) > MAX_REQUEST_BYTES:
            raise TooLarge

    def forget(self) -> None:
        """Let go of the headers, the server's own list of them too.

        A stream stays open for hours and needs none: a browser's would be a fifth of all the memory that it costs.
        """
        self._headers.clear()
        self._given.clear()

    def _header(self, name: bytes) -> str:
        return self._headers.get(name, b"").decode("latin-1")


async def body_of(request: Request) -> bytes:
    """Return the body. Raises TooLarge, without reading on, as soon as it is larger than a request may be.

    Raises Malformed when the connection ends within it: half of a command is none.
    """
    body = bytearray()
    while True:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise Malformed
        body += message.get("body", b"")
        if len(body) > MAX_REQUEST_BYTES:
            raise TooLarge
        if not message.get("more_body", False):
            return bytes(body)


async def answer(
    send: Send, status: int, content: Struct | None, *, common: Headers = BARE, is_last: bool = False
) -> None:
    """Send a whole answer; `is_last` closes the connection after it, for what was not read of the request."""
    body = b"" if content is None else msgspec.json.encode(content)
    headers = [*common]
    if content is not None:
        headers += [(b"content-type", b"application/json"), _length(body)]
    if is_last:
        headers.append((b"connection", b"close"))
    await _send_whole(send, status, headers, body)


async def answer_piece(send: Send, piece: bytes) -> None:
    """Send a piece of a stream as a whole answer: it has an end, so a proxy that waits for one passes it on."""
    await _send_whole(send, 200, [*STREAM, _length(piece)], piece)


async def _send_whole(send: Send, status: int, headers: Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _length(body: bytes) -> tuple[bytes, bytes]:
    return b"content-length", str(len(body)).encode()


async def is_gone(receive: Receive) -> None:
    """Return when the connection is closed by the other side."""
    while (await receive())["type"] != "http.disconnect":
        pass
