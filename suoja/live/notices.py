"""Queue notices: the place to who waits, and who waits to the helpers of the line. Neither is numbered nor stored.

Changes of one line within a moment are told together, and a visitor hears only of a place that has changed: a queue of
thousands that moves by one costs one reading.
"""

import asyncio
from collections.abc import Awaitable, Callable

from suoja.lib.codes import LineCode
from suoja.live.bus import LocalBus
from suoja.live.hub import Hub, Notice, conversation_topic, encoded, line_topic
from suoja.live.limits import SHOWN_TO_HELPERS
from suoja.live.records import Conversation
from suoja.live.wire import Queue, Waiting, WaitingVisitor

Reader = Callable[[LineCode], Awaitable[list[Conversation]]]


class QueueNotices:
    """Tells streams about the queues of lines that were touched."""

    def __init__(self, hub: Hub, bus: LocalBus, waiting: Reader) -> None:
        """Take who is told, how, and where it is read."""
        self._hub, self._bus, self._waiting = hub, bus, waiting
        self._touched: set[LineCode] = set()
        self._wakeup = asyncio.Event()

    def touch(self, line: LineCode) -> None:
        """Note that a line's queue has changed, or that somebody new listens to it."""
        self._touched.add(line)
        self._wakeup.set()

    async def tell(self) -> None:
        """Wait for a touched line, and tell about all that are touched by then."""
        await self._wakeup.wait()
        self._wakeup.clear()
        lines, self._touched = self._touched, set()
        for line in lines:
            await self._tell(line)

    async def _tell(self, line: LineCode) -> None:
        waiting = await self._waiting(line)
        for place, conversation in enumerate(waiting, start=1):
            self._tell_place(conversation, place)
        self._bus.publish(Notice((line_topic(line),), encoded(_shown(line, waiting))))

    def _tell_place(self, conversation: Conversation, place: int) -> None:
        for stream in self._hub.listening(conversation_topic(conversation.code)):
            if stream.place != place:
                stream.place = place
                stream.push(encoded(Queue(conversation=conversation.code, place=place)))


def _shown(line: LineCode, waiting: list[Conversation]) -> Waiting:
    visitors = tuple(
        WaitingVisitor(since=one.opened_at, language=one.language, wants_professional=one.wants_professional)
        for one in waiting[:SHOWN_TO_HELPERS]
    )
    return Waiting(line=line, visitors=visitors)
