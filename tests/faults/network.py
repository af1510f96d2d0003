"""A person's network, to which everything happens that happens to networks: a proxy before the service.

Each request comes on a connection of its own, so a fault meets one request and no other. What a fault does to a request
is said before it is sent; which request it meets (the next `say`, the next `key` …) is part of it. In the dark nothing
is lost by itself: what was sent arrives when there is light again, also when its sender has long given up, as it does
from a phone that leaves a tunnel.
"""

import asyncio
import contextlib
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

Answer = TypeVar("Answer")

HELD_SECONDS = 0.4
COPY_AFTER_SECONDS = 0.6
CHUNK = 65_536


class Fault(StrEnum):
    """What can happen to one request."""

    REQUEST_LOST = "request lost"
    ANSWER_LOST = "answer lost"
    TWICE = "sent twice"
    LATE_COPY = "a late copy follows"
    HELD_BACK = "overtaken by others"


class Request(NamedTuple):
    """One request as it came, and what it asks for: the last part of its address."""

    command: str
    data: bytes


class Loop:
    """An event loop on a thread of its own, for tests that are themselves no coroutines."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Awaitable[Answer]) -> Answer:
        async def awaited() -> Answer:
            return await work

        return asyncio.run_coroutine_threadsafe(awaited(), self.loop).result(30)

    def call(self, act: Callable[..., Any], *given: object) -> None:
        done: Future[None] = Future()

        def called() -> None:
            act(*given)
            done.set_result(None)

        self.loop.call_soon_threadsafe(called)
        done.result(30)

    def stop(self) -> None:
        self.run(self._end_all())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()

    async def _end_all(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


class Network:
    """One person's way to the service at a port of this machine. Its methods may be called from any thread."""

    def __init__(self, loop: Loop, service_port: int) -> None:
        self._loop, self._service_port = loop, service_port
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._streams: set[asyncio.StreamWriter] = set()
        self._passed = asyncio.Event()
        self._light, self._reading = asyncio.Event(), asyncio.Event()
        self._light.set()
        self._reading.set()
        self._is_buffering = False
        self.met: Counter[Fault] = Counter()
        self.answers: Counter[tuple[str, int]] = Counter()
        """How often a command was answered by a status, as the browser got it."""
        self._server = loop.run(asyncio.start_server(self._serve, "127.0.0.1", 0, limit=CHUNK))
        self.port: int = self._server.sockets[0].getsockname()[1]
        self.url = f"http://localhost:{self.port}"

    # --- what happens to it -----------------------------------------------------------------------------------------

    def meets(self, command: str, fault: Fault) -> None:
        """Let a fault meet the next request for a command that has met none."""
        self._loop.call(self._faults[command].append, fault)

    def cut(self) -> None:
        """Break every connection that is open now."""
        self._loop.call(self._cut)

    def go_dark(self) -> None:
        """Let nothing pass, either way, and tell nobody: neither side can know."""
        self._loop.call(self._light.clear)

    def light_up(self) -> None:
        """Let everything pass that has waited."""
        self._loop.call(self._light.set)

    def stop_reading(self, *, stops: bool = True) -> None:
        """Take nothing more from the service's streams: a reader that has fallen asleep."""
        self._loop.call(self._reading.clear if stops else self._reading.set)

    def buffer(self, *, buffers: bool = True) -> None:
        """Pass an answer on only when it is complete, as some proxies do; break what is passing now."""
        self._is_buffering = buffers
        self.cut()

    def heal(self) -> None:
        """Be a good network again."""
        self._loop.call(self._faults.clear)
        self._is_buffering = False
        self._loop.call(self._reading.set)
        self._loop.call(self._light.set)
        self.cut()

    def close(self) -> None:
        """Be no network any more."""
        self._loop.call(self._server.close)
        self.heal()

    def _cut(self) -> None:
        for writer in list(self._streams):
            writer.transport.abort()

    # --- one connection, one request --------------------------------------------------------------------------------

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._streams.add(writer)
        try:
            request = await _request(reader)
            await self._light.wait()
            await self._pass_on(request, reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            self._streams.discard(writer)
            writer.transport.abort()

    async def _pass_on(self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        waiting = self._faults[request.command]
        fault = waiting.popleft() if waiting else None
        if fault is not None:
            self.met[fault] += 1
        if fault is Fault.REQUEST_LOST:
            return
        if fault is Fault.HELD_BACK:
            self._passed.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._passed.wait(), HELD_SECONDS)
        elif fault in (Fault.TWICE, Fault.ANSWER_LOST):
            await self._whole(request)
        if fault is not Fault.ANSWER_LOST:
            await self._relay(request, reader, writer)
            self._passed.set()
        if fault is Fault.LATE_COPY:
            await asyncio.sleep(COPY_AFTER_SECONDS)
            await self._whole(request)

    async def _whole(self, request: Request) -> bytes:
        """Send a request and return its whole answer."""
        from_service, to_service = await self._connected()
        try:
            to_service.write(request.data)
            return await asyncio.wait_for(from_service.read(), 10)
        finally:
            to_service.transport.abort()

    async def _relay(self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Send a request and pass its answer on as it comes. Who goes away is noticed, when there is light."""
        from_service, to_service = await self._connected()
        answering = asyncio.ensure_future(self._answer(from_service, writer, request.command))
        leaving = asyncio.ensure_future(self._left(reader))
        try:
            to_service.write(request.data)
            await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            answering.cancel()
            leaving.cancel()
            to_service.transport.abort()

    async def _answer(self, from_service: asyncio.StreamReader, writer: asyncio.StreamWriter, command: str) -> None:
        is_stream = command == "events"
        buffers = is_stream and self._is_buffering
        held = bytearray()
        is_first = True
        while True:
            if is_stream:
                await self._reading.wait()
            data = await from_service.read(CHUNK)
            await self._light.wait()
            if is_first and data:
                self.answers[command, int(data.split(b" ", 2)[1])] += 1
            is_first = False
            held += data
            if not (buffers and data):
                writer.write(bytes(held))
                await writer.drain()
                held.clear()
            if not data:
                writer.close()
                await writer.wait_closed()
                return

    async def _left(self, reader: asyncio.StreamReader) -> None:
        await reader.read()
        await self._light.wait()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self._service_port)


async def _request(reader: asyncio.StreamReader) -> Request:
    """Read one request, and make it the last of its connection: the next one may meet another fate."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip().split("\r\n")
    headers = [line for line in lines if not line.lower().startswith("connection:")]
    lengths = [int(line.partition(":")[2]) for line in headers if line.lower().startswith("content-length:")]
    body = await reader.readexactly(lengths[0]) if lengths else b""
    data = "\r\n".join([first, *headers, "connection: close", "", ""]).encode("latin-1") + body
    return Request(first.split(" ")[1].rstrip("/").rpartition("/")[2], data)
