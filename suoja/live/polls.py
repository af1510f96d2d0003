"""The long poll: the stream piece by piece, for a browser behind a proxy that passes on nothing before its end.

"begin" opens a stream, answers with what it holds and leaves it standing; "next" waits until there is more. A piece
that is lost on the way is not kept: the browser begins anew, and reads by number what it has missed.
"""

import asyncio
from collections.abc import Awaitable, Callable

from suoja.live.hub import Hub, Stream
from suoja.live.limits import Limits

Open = Callable[[], Awaitable[Stream]]
"""Opens a stream: greeted, and listening. Raises what keeps it from being opened."""


class Polled:
    """A stream that stands between polls, and the poll that waits at it."""

    __slots__ = ("_ready", "asked_at", "stream")

    def __init__(self, stream: Stream, now: float) -> None:
        """Take the stream; it was asked for just now."""
        self.stream, self.asked_at = stream, now
        self._ready: asyncio.Future[None] | None = None
        stream.wake = self.wake

    @property
    def is_asked(self) -> bool:
        """Tell whether a poll waits."""
        return self._ready is not None

    def wake(self) -> None:
        """Let the poll that waits answer."""
        if self._ready is not None and not self._ready.done():
            self._ready.set_result(None)

    async def wait(self, gone: "asyncio.Future[None]", within: float) -> bool:
        """Wait for something to send, or for so long. Tell whether it is this poll's to take.

        It isn't when its connection has gone, or when another poll has come after it: one browser asks once at a time.
        """
        self.wake()
        ready = self._ready = asyncio.get_running_loop().create_future()
        if self.stream.is_waiting:
            self.wake()
        await asyncio.wait((ready, gone), timeout=within, return_when=asyncio.FIRST_COMPLETED)
        if self._ready is not ready:
            return False
        self._ready = None
        return not gone.done()


class Polls:
    """The streams of this process that are polled, by their first topic."""

    def __init__(self, hub: Hub, limits: Limits, monotonic: Callable[[], float]) -> None:
        """Start with none."""
        self._hub, self._limits, self._monotonic = hub, limits, monotonic
        self._standing: dict[str, Polled] = {}

    async def begin(self, opens: Open) -> bytes:
        """Open a stream in the place of one that stands, and return what it holds."""
        stream = await opens()
        self._drop(stream.own_topic)
        self._standing[stream.own_topic] = Polled(stream, self._monotonic())
        return stream.take()

    async def next(self, topic: str, epoch: int, opens: Open, gone: "asyncio.Future[None]") -> bytes:
        """Return what comes next, nothing after a while; where none stands for this page, begin anew."""
        polled = self._standing.get(topic)
        if polled is None or polled.stream.epoch != epoch:
            return await self.begin(opens)
        is_own = await polled.wait(gone, self._limits.poll_within)
        polled.asked_at = self._monotonic()
        if not is_own:
            return b""
        if polled.stream.is_over and self._standing.get(topic) is polled:
            del self._standing[topic]
        return polled.stream.take()

    def expire(self, now: float) -> None:
        """Let go of what nobody has asked for in a while."""
        for topic, polled in list(self._standing.items()):
            if not polled.is_asked and polled.asked_at + self._limits.poll_lingers <= now:
                self._drop(topic)

    def _drop(self, topic: str) -> None:
        polled = self._standing.pop(topic, None)
        if polled is not None:
            self._hub.remove(polled.stream)
