"""The driver's WebSocket: the handshake, and as much of the framing as a server of short texts makes."""

import asyncio
import struct
from collections.abc import Callable
from typing import cast

HeardText = Callable[[bytes], None]

_HEAD_END = b"\r\n\r\n"
_SHORT, _TWO_BYTES = 125, 126


def frame(text: bytes) -> bytes:
    """Return a masked text frame. The mask is zeros: the server unmasks as always, and the driver saves the work."""
    if len(text) <= _SHORT:
        return b"\x81" + bytes([0x80 | len(text)]) + b"\0\0\0\0" + text
    return b"\x81\xfe" + struct.pack(">H", len(text)) + b"\0\0\0\0" + text


class WebSocket(asyncio.Protocol):
    """One connection: texts in, texts out."""

    __slots__ = ("_hear", "_opened", "_path", "_rest", "_transport")

    def __init__(self, path: str, hear: HeardText) -> None:
        """Take the address and who hears the texts."""
        self._path, self._hear = path, hear
        self._rest = b""
        self._transport: asyncio.Transport | None = None
        self._opened: asyncio.Future[None] | None = asyncio.get_running_loop().create_future()

    async def opened(self) -> None:
        """Return when the server has agreed. Raises ConnectionError when it has not."""
        if self._opened is not None:
            await self._opened

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the protocol."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(
            f"GET {self._path} HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
            "sec-websocket-version: 13\r\nsec-websocket-key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n".encode()
        )

    def connection_lost(self, _error: Exception | None) -> None:
        """Nothing can be sent any more."""
        self._transport = None
        if self._opened is not None and not self._opened.done():
            self._opened.set_exception(ConnectionError("closed before it was open"))

    def send(self, framed: bytes) -> None:
        """Send a frame."""
        if self._transport is not None:
            self._transport.write(framed)

    def close(self) -> None:
        """Let go."""
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Hear every whole text."""
        data = self._rest + data if self._rest else data
        if self._opened is not None:
            head, found, data = data.partition(_HEAD_END)
            if not found:
                self._rest = head
                return
            if head.startswith(b"HTTP/1.1 101"):
                self._opened.set_result(None)
            else:
                self._opened.set_exception(ConnectionError(head[:40].decode("latin-1")))
            self._opened = None
        self._rest = self._heard(data)

    def _heard(self, data: bytes) -> bytes:
        """Hear what is whole; return the rest."""
        at = 0
        while len(data) - at >= 4:  # noqa: PLR2004  # The longer head; a shorter frame than that is a ping's.
            length, start = data[at + 1], at + 2
            if length == _TWO_BYTES:
                length, start = struct.unpack_from(">H", data, at + 2)[0], at + 4
            if len(data) < start + length:
                break
            if data[at] == 0x81:  # noqa: PLR2004  # A whole text.
                self._hear(data[start : start + length])
            at = start + length
        return data[at:]
