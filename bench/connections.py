"""The driver's sockets: raw protocols that parse as little as they can, so that the driver is never what is measured.

They understand the answers of the servers that they are pointed at, not all of HTTP.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, cast

Answered = Callable[[int, bytes], None]
"""(status, body) of an answer; status 0 when the connection was lost before it."""

HeardEvent = Callable[[bytes], None]
"""One event of a stream, as JSON."""

_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length: "


def request(path: str, token: str, body: bytes) -> bytes:
    """Return the bytes of a POST."""
    head = f"POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
    grant = f"authorization: Bearer {token}\r\n" if token else ""
    return f"{head}{grant}content-length: {len(body)}\r\n\r\n".encode() + body


class Commands(asyncio.Protocol):
    """A connection for requests: one in flight, the others wait behind it, as a browser's outbox has it.

    A server closes a connection on which nothing was asked for some seconds. As a browser does, this one then connects
    anew, and asks again what was not answered: a message that is sent twice gets its one number.
    """

    __slots__ = ("_address", "_connecting", "_in_flight", "_is_closed", "_rest", "_transport", "_waiting")

    def __init__(self, address: tuple[str, int]) -> None:
        """Connect when there is something to ask."""
        self._address = address
        self._transport: asyncio.Transport | None = None
        self._connecting: asyncio.Task[Any] | None = None
        self._rest = b""
        self._in_flight: tuple[bytes, Answered] | None = None
        self._waiting: deque[tuple[bytes, Answered]] = deque()
        self._is_closed = False

    def send(self, content: bytes, then: Answered) -> None:
        """Send a request, now or after those before it."""
        self._waiting.append((content, then))
        self._next()

    async def ask(self, content: bytes) -> tuple[int, bytes]:
        """Send a request and return its answer."""
        answer: asyncio.Future[tuple[int, bytes]] = asyncio.get_running_loop().create_future()

        def answered(status: int, body: bytes) -> None:
            if not answer.done():
                answer.set_result((status, body))

        self.send(content, answered)
        return await answer

    def close(self) -> None:
        """Let go, and tell nobody."""
        self._is_closed = True
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send what waits."""
        self._transport = cast("asyncio.Transport", transport)
        self._next()

    def connection_lost(self, _error: Exception | None) -> None:
        """Ask again what was not answered."""
        self._transport, self._rest = None, b""
        if self._in_flight is not None:
            self._waiting.appendleft(self._in_flight)
            self._in_flight = None
        self._next()

    def data_received(self, data: bytes) -> None:
        """Read an answer; a part of one waits for the rest."""
        data = self._rest + data if self._rest else data
        head = data.find(_HEAD_END)
        body = head + len(_HEAD_END)
        end = body + _length(data[:head]) if head >= 0 else len(data) + 1
        if len(data) < end:
            self._rest = data
            return
        self._rest = data[end:]
        answered, self._in_flight = self._in_flight, None
        if answered is not None:
            answered[1](int(data[9:12]), data[body:end])
        self._next()

    def _next(self) -> None:
        if self._in_flight is not None or not self._waiting or self._is_closed:
            return
        if self._transport is not None:
            self._in_flight = self._waiting.popleft()
            self._transport.write(self._in_flight[0])
        elif self._connecting is None:
            connecting = asyncio.get_running_loop().create_connection(lambda: self, *self._address)
            self._connecting = asyncio.ensure_future(connecting)
            self._connecting.add_done_callback(self._connected)

    def _connected(self, connecting: "asyncio.Task[Any]") -> None:
        self._connecting = None
        if connecting.exception() is None:
            self._next()
            return
        # Nobody listens: no answer will come to any of it.
        lost = list(self._waiting)
        self._waiting.clear()
        for _, then in lost:
            then(0, b"")


def _length(head: bytes) -> int:
    at = head.find(_LENGTH)
    return int(head[at + len(_LENGTH) :].split(b"\r", 1)[0]) if at >= 0 else 0


class EventStream(asyncio.Protocol):
    """A connection that carries one stream of events."""

    __slots__ = ("_hear", "_opening", "_over", "_rest", "_transport", "is_open")

    def __init__(self, opening: bytes, hear: HeardEvent, over: Answered) -> None:
        """Take the request that opens the stream, who hears its events, and who is told of its end."""
        self._opening, self._hear, self._over = opening, hear, over
        self._rest = b""
        self.is_open = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(self._opening)

    def connection_lost(self, _error: Exception | None) -> None:
        """Tell that it is over."""
        self._transport = None
        self._over(0, b"")

    def close(self) -> None:
        """Close the connection, and tell nobody."""
        self._over = _nobody
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Hear every whole event; the server's pieces end with events, so what is left is framing."""
        data = self._rest + data if self._rest else data
        if not self.is_open and not self._opened(data):
            return
        end = data.rfind(b"\n\n") + 2
        if end < 2:  # noqa: PLR2004  # Not found.
            self._rest = data
            return
        self._rest = data[end:]
        hear = self._hear
        for event in data[:end].split(b"data: ")[1:]:
            # Between two events the framing of a new piece may stand.
            hear(event[: event.find(b"\n\n")])

    def _opened(self, data: bytes) -> bool:
        if _HEAD_END not in data:
            self._rest = data
            return False
        self.is_open = data.startswith(b"HTTP/1.1 200")
        if not self.is_open:
            over, self._over = self._over, _nobody
            self.close()
            over(int(data[9:12]), data.partition(_HEAD_END)[2])
        return self.is_open


def _nobody(_status: int, _body: bytes) -> None:
    """Be told of what nobody asks for any more."""


async def connect_stream(address: tuple[str, int], opening: bytes, hear: HeardEvent, over: Answered) -> EventStream:
    """Return a stream whose request is on its way. Raises OSError when nobody listens."""
    loop = asyncio.get_running_loop()
    _, protocol = await loop.create_connection(lambda: EventStream(opening, hear, over), *address)
    return protocol
