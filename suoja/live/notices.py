"""Queue notices: the place to who waits, and who waits to the helpers of the line. Neither is numbered nor stored.

Changes of one line within a moment are told together. The first in a queue hear their place at once, all others with
their next heartbeat: of a queue of thousands that moves by one ten are told. Helpers hear how many wait and how many
are there, and see the first of them.
"""

import asyncio
from collections.abc import Container, Sequence
from itertools import islice

from suoja.lib.codes import ConversationCode, LineCode
from suoja.live.bus import LocalBus
from suoja.live.hub import Hub, Notice, conversation_topic, encoded, line_topic
from suoja.live.limits import AWAY_SHOWN, SHOWN_TO_HELPERS, TOLD_AT_ONCE
from suoja.live.living import Living
from suoja.live.presence import People
from suoja.live.pulse import Pulse
from suoja.live.records import Conversation
from suoja.live.wire import Waiting, WaitingVisitor


class QueueNotices:
    """Tells streams about the queues of lines that were touched."""

    def __init__(
        self, living: Living, hub: Hub, bus: LocalBus, pulse: Pulse, *, visitors: People[ConversationCode]
    ) -> None:
        """Take who is told, how, and what."""
        self._living, self._hub, self._bus, self._pulse, self._visitors = living, hub, bus, pulse, visitors
        self._touched: set[LineCode] = set()
        self._wakeup = asyncio.Event()

    def touch(self, line: LineCode) -> None:
        """Note that a line's queue has changed, or somebody in it has come or gone."""
        self._touched.add(line)
        self._wakeup.set()

    async def run(self) -> None:
        """Wait for a touched line, and tell about all that are touched by then."""
        await self._wakeup.wait()
        self._wakeup.clear()
        self.tell()

    def tell(self) -> None:
        """Tell about the lines that were touched."""
        lines, self._touched = self._touched, set()
        for line in lines:
            self._tell(line)

    def shown(self, line: LineCode) -> Waiting:
        """Return who waits on a line, as helpers see them."""
        waiting = list(self._living.waiting(line))
        away = {one.code for one in waiting if self._visitors.is_lost(one.code)}
        return Waiting(
            line=line,
            visitors=tuple(map(self._visitor, _first(waiting, away))),
            count=len(waiting),
            present=len(waiting) - len(away),
            present_for_peers=sum(not (one.wants_professional or one.code in away) for one in waiting),  # M22
        )

    def _tell(self, line: LineCode) -> None:
        for conversation in islice(self._living.waiting(line), TOLD_AT_ONCE):
            for stream in self._hub.listening(conversation_topic(conversation.code)):
                self._pulse.tell_place(stream, conversation)
        if self._hub.listening(line_topic(line)):
            self._bus.publish(Notice((line_topic(line),), encoded(self.shown(line))))

    def _visitor(self, conversation: Conversation) -> WaitingVisitor:
        person = self._visitors[conversation.code]
        return WaitingVisitor(
            since=conversation.queued_at,
            language=conversation.language,
            wants_professional=conversation.wants_professional,
            presence="unreachable" if person is None else person.state,
        )


def _first(waiting: Sequence[Conversation], away: Container[ConversationCode]) -> list[Conversation]:
    """Return whom helpers are shown, in the order of the queue: who is there comes before who isn't, if not all fit."""
    shown = [one for one in waiting if one.code not in away][:SHOWN_TO_HELPERS]
    room = min(AWAY_SHOWN, SHOWN_TO_HELPERS - len(shown))
    shown += islice((one for one in waiting if one.code in away), room)
    codes = {one.code for one in shown}
    return [one for one in waiting if one.code in codes]
