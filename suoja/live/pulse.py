"""Heartbeats: each stream's at its own time, more often in a talk. A tick costs what is due, not what is open."""

from collections.abc import Iterator

from suoja.lib.codes import ConversationCode, DutyCode
from suoja.live.hub import Hub, Stream, both_topics
from suoja.live.lifecycle import State
from suoja.live.limits import Limits
from suoja.live.living import Living, Moved
from suoja.live.records import Conversation
from suoja.live.wire import Heartbeat, Queue

TALKING = frozenset({State.ACTIVE, State.ENDING})


class Timetable:
    """Which stream is due when, in slots of equal length. A stream stands in one slot; who moves leaves a shadow."""

    def __init__(self, grain: float) -> None:
        """Set how long a slot is."""
        self._grain = grain
        self._slots: dict[int, list[Stream]] = {}
        self._next = 0

    def put(self, stream: Stream, at: float) -> None:
        """Have a stream come up at an instant: not before it, and at most a slot later."""
        stream.beat_at, stream.slot = at, max(int(at / self._grain), self._next) + 1
        self._slots.setdefault(stream.slot, []).append(stream)

    def due(self, now: float) -> Iterator[Stream]:
        """Give each stream whose time has come, once."""
        last = int(now / self._grain)
        if not self._next:
            self._next = min((*self._slots, last))
        while self._next <= last:
            slot = self._slots.get(self._next, [])
            # One by one: what the one who is given them fails at is still here the next time.
            while slot:
                stream = slot.pop()
                if stream.slot == self._next and not stream.is_over:
                    stream.slot = -1
                    yield stream
            self._slots.pop(self._next, None)
            self._next += 1


class Pulse:
    """Gives the heartbeats, and with them what a waiting visitor needn't know at once: the place in the queue."""

    def __init__(self, limits: Limits, hub: Hub, living: Living) -> None:
        """Take who is told and what is told; a tick comes every `grain` seconds."""
        self._limits, self._hub, self._living = limits, hub, living
        # Fine enough that two missed heartbeats and the last wait stay below 20 s in a talk.  # safety 30
        self.grain = min(0.25, limits.heartbeat_active / 4, limits.heartbeat_waiting / 4, limits.answer_within / 4)
        self._timetable = Timetable(self.grain)

    def begin(self, stream: Stream, now: float) -> float:
        """Start a stream's heartbeats. Return how long it is until the first."""
        pace = self._pace(self.conversations_of(stream))
        self._timetable.put(stream, now + pace)
        return pace

    def beat(self, now: float, wall: float) -> Iterator[Stream]:
        """Give a heartbeat to each stream whose time has come; give them back. An expired grant ends one."""
        for stream in self._timetable.due(now):
            if stream.expires <= wall:
                stream.end("revoked", may_return=True)
                self._hub.remove(stream)
            else:
                self._beat(stream, now)
                yield stream

    def follow(self, moved: Moved, now: float) -> Iterator[Stream]:
        """Beat at once for those whose talk has just begun; give them back. Whoever waits again hears the place anew.

        A heartbeat names the pace: a browser that still went by the queue's would notice a tunnel a minute late.
        """
        if moved.before is None or moved.after is None or moved.before.state is moved.after.state:
            return
        topics = both_topics(moved.code, moved.after.duty)
        for stream in [stream for topic in topics for stream in self._hub.listening(topic)]:
            stream.place = None
            if now + self._pace(self.conversations_of(stream)) < stream.beat_at:
                stream.beat_at = now  # safety 30
                self._beat(stream, now)
                yield stream

    def conversations_of(self, stream: Stream) -> list[Conversation]:
        """Return what a stream is about: the visitor's one conversation, or those that a helper's duty holds."""
        if not stream.is_visitor:
            return self._living.held_by(DutyCode(stream.code))
        conversation = self._living.conversation(ConversationCode(stream.code))
        return [] if conversation is None else [conversation]

    def tell_place(self, stream: Stream, conversation: Conversation) -> None:
        """Tell a waiting visitor the place, if it is another than was told last."""
        place = self._living.place(conversation) if conversation.state is State.WAITING else None
        if place != stream.place:
            stream.place = place
            if place is not None:
                stream.tell(Queue(conversation=conversation.code, place=place))

    def _beat(self, stream: Stream, now: float) -> None:
        conversations = self.conversations_of(stream)
        pace = self._pace(conversations)
        # Reckoned from when it was due: a tick that comes late doesn't make the next one later still.
        self._timetable.put(stream, max(stream.beat_at, now - pace) + pace)
        stream.tell(Heartbeat(newest={one.code: one.newest for one in conversations}, seconds=pace))
        if stream.is_visitor:
            for conversation in conversations:
                self.tell_place(stream, conversation)

    def _pace(self, conversations: list[Conversation]) -> float:
        is_talking = any(conversation.state in TALKING for conversation in conversations)
        return self._limits.heartbeat_active if is_talking else self._limits.heartbeat_waiting
