"""The way of a stream's events to its browser: written by a task that lives only while there is something to write."""

import asyncio

from suoja.lib import clock
from suoja.lib.headers import Receive, Send
from suoja.live.http import is_gone
from suoja.live.hub import Stream, nobody


class Outlet:
    """Writes what a stream holds. The request's own task waits for the connection's end meanwhile."""

    __slots__ = ("_owner", "_send", "_stream", "_task", "_writing", "is_stuck")

    def __init__(self, stream: Stream, send: Send, writing: "dict[Outlet, float]") -> None:
        """Take the way out, and where it is noted who is writing since when."""
        self._stream, self._send, self._writing = stream, send, writing
        self._task: asyncio.Task[None] | None = None
        self._owner: asyncio.Task[object] | None = None
        self.is_stuck = False

    async def run(self, receive: Receive) -> None:
        """Write until the stream is over or its reader has gone. Returns as well when `give_up` was called."""
        self._owner = asyncio.current_task()
        self._stream.wake = self._wake
        self._wake()
        try:
            await is_gone(receive)
        except asyncio.CancelledError:
            if not self.is_stuck:
                raise
        finally:
            self._stream.wake = nobody
            if self._task is not None:
                self._task.cancel()

    def give_up(self) -> None:
        """Wait no more for a reader that takes nothing: a write to a dead phone can last for a quarter of an hour."""
        if self._owner is not None and not self.is_stuck:
            self.is_stuck = True
            self._owner.cancel()

    def _wake(self) -> None:
        if self._task is None and self._stream.is_waiting:
            self._task = asyncio.ensure_future(self._write())

    async def _write(self) -> None:
        self._writing[self] = clock.monotonic()
        try:
            while piece := self._stream.take():
                self._writing[self] = clock.monotonic()
                await self._send({"type": "http.response.body", "body": piece, "more_body": True})
            if self._stream.is_over:
                await self._send({"type": "http.response.body", "body": b"", "more_body": False})
        except OSError:
            # The connection is gone, which is what the other task waits for.
            pass
        finally:
            self._writing.pop(self, None)
            self._task = None


def give_up_stuck(writing: dict[Outlet, float], within: float, now: float) -> int:
    """Give up those whose reader has taken nothing for so long. Return how many."""
    stuck = [outlet for outlet, since in writing.items() if since + within <= now]
    for outlet in stuck:
        outlet.give_up()
    return len(stuck)
