"""Roads between a browser and the service that are worse than the loopback: one goes dark, one holds answers back.

A road passes bytes on at a port of its own. The service takes the road's address for its own, since a browser names it
as the host; so origins, cookies and storage are what they would be behind any other name.
"""

import asyncio
import threading
from abc import ABC, abstractmethod
from asyncio import StreamReader, StreamWriter
from collections.abc import Coroutine
from contextlib import suppress
from typing import Self

PIECE = 65_536
HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length:"
WITHIN = 10.0
"""Seconds for the road's own thread to do what it is told."""


class Road(ABC):
    """One port that leads to another, in a thread of its own beside the browser's driver."""

    def __init__(self, to_port: int) -> None:
        """Keep where it leads to; it is there inside a `with` block."""
        self.url = ""
        self._to_port = to_port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None
        self._under_way: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Self:
        """Take a free port and lead on from there."""
        self._thread.start()
        self._do(self._open())
        return self

    def __exit__(self, *_: object) -> None:
        """Let everybody fall off."""
        self._do(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @abstractmethod
    async def lead(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Serve one connection of a browser until it is over."""

    async def onward(self) -> tuple[StreamReader, StreamWriter]:
        """Connect to where the road leads. Raises OSError while nobody is there."""
        return await asyncio.open_connection("127.0.0.1", self._to_port)

    def _do(self, what: Coroutine[object, object, None]) -> None:
        asyncio.run_coroutine_threadsafe(what, self._loop).result(WITHIN)

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._come, "127.0.0.1", 0)
        self.url = f"http://localhost:{self._server.sockets[0].getsockname()[1]}"

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        # A connection is closed by the loop's next rounds.
        await asyncio.sleep(0.1)

    async def _come(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.ensure_future(self._lead_on(reader, writer))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _lead_on(self, reader: StreamReader, writer: StreamWriter) -> None:
        try:
            # A browser that closes, or a service that is down: both are what stories are about.
            with suppress(OSError, asyncio.IncompleteReadError):
                await self.lead(reader, writer)
        finally:
            writer.close()


class DarkRoad(Road):
    """Goes dark as a tunnel does: nothing gets through, and neither side is told.

    What was sent meanwhile comes through afterwards, late and in a bunch, as what TCP sends again does. So the service
    gets requests that their browser gave up long ago, beside those that it sent instead.
    """

    def __init__(self, to_port: int) -> None:
        """Begin in the light."""
        super().__init__(to_port)
        self._light = asyncio.Event()
        self._light.set()

    def go_dark(self) -> None:
        """Hold every byte from here on, and the end of a connection too."""
        self._loop.call_soon_threadsafe(self._light.clear)

    def come_back(self) -> None:
        """Pass on what was held."""
        self._loop.call_soon_threadsafe(self._light.set)

    async def lead(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Pass on both ways for as long as there is light."""
        await self._light.wait()
        there, onward = await self.onward()
        both = asyncio.gather(self._pass_on(reader, onward), self._pass_on(there, writer))
        try:
            await both
        finally:
            both.cancel()
            onward.close()

    async def _pass_on(self, reader: StreamReader, writer: StreamWriter) -> None:
        while piece := await reader.read(PIECE):
            await self._light.wait()
            writer.write(piece)
            await writer.drain()
        await self._light.wait()
        writer.close()


class BufferingRoad(Road):
    """A proxy that passes an answer on when it is complete. Of an answer that never ends nothing arrives."""

    def __init__(self, to_port: int) -> None:
        """Begin with no request noted."""
        super().__init__(to_port)
        self.requests: list[str] = []

    async def lead(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Pass on one request, and its answer as a whole."""
        request = await _whole_request(reader)
        self.requests.append(request.split(maxsplit=2)[1].decode())
        there, onward = await self.onward()
        onward.write(request)
        gone = asyncio.ensure_future(reader.read(1))
        answer = asyncio.ensure_future(there.read())
        try:
            await asyncio.wait((gone, answer), return_when=asyncio.FIRST_COMPLETED)
            if answer.done():
                writer.write(answer.result())
                await writer.drain()
        finally:
            gone.cancel()
            answer.cancel()
            onward.close()


async def _whole_request(reader: StreamReader) -> bytes:
    """Read one request; ask for an answer whose end is the connection's end."""
    head = await reader.readuntil(HEAD_END)
    first, *fields = head.removesuffix(HEAD_END).split(b"\r\n")
    length = next((int(field[len(LENGTH) :]) for field in fields if field.lower().startswith(LENGTH)), 0)
    kept = [field for field in fields if not field.lower().startswith(b"connection:")]
    return b"\r\n".join([first, *kept, b"Connection: close"]) + HEAD_END + await reader.readexactly(length)
