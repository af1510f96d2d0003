"""Which streams are open in this process, and what each is still to be given.

A stream's queue is bounded: one that falls behind is closed as `slow` and may return, so a reader that sleeps costs a
few kilobytes and never the others' time.
"""

import asyncio
from collections import deque
from collections.abc import Collection, Iterable

import msgspec
from msgspec import Struct

from suoja.lib.codes import ConversationCode, LineCode
from suoja.lib.errors import Unavailable
from suoja.live.lifecycle import State
from suoja.live.limits import STREAMS_PER_ACTOR, Limits
from suoja.live.operations import Actor, ByHelper
from suoja.live.wire import AnyEvent, Bye, Goodbye, Heartbeat, Hello

_TALKING = frozenset({State.ACTIVE, State.ENDING})


class Notice(Struct, frozen=True):
    """What the bus carries: one event for the streams of some topics. Numbered ones say of which log they are."""

    topics: tuple[str, ...]
    body: bytes
    conversation: ConversationCode | None = None
    number: int = 0
    state: State | None = None


def conversation_topic(code: str) -> str:
    """Return the topic to which a conversation's visitor listens."""
    return f"conversation:{code}"


def duty_topic(code: str) -> str:
    """Return the topic to which a helper listens: everything in the talks that the duty holds."""
    return f"duty:{code}"


def line_topic(code: str) -> str:
    """Return the topic on which helpers hear who waits on a line."""
    return f"line:{code}"


class Stream:
    """One browser's stream: what it listens to, how far its logs have come, and the events that wait to be sent."""

    def __init__(self, actor: Actor, topics: Iterable[str], lines: Iterable[LineCode], expires: int) -> None:
        """Begin closed to sending: `begin` sets the first event, and what came meanwhile follows it."""
        self.actor, self.topics, self.lines, self.expires = actor, tuple(topics), tuple(lines), expires
        self.newest: dict[ConversationCode, int] = {}
        self.states: dict[ConversationCode, State] = {}
        self.place: int | None = None
        self.beat_at = float("inf")
        self.capacity = 0
        self._waiting: deque[bytes] = deque()
        self._wakeup = asyncio.Event()
        self._has_begun = self._is_over = False

    @property
    def is_talking(self) -> bool:
        """Tell whether a talk is going on: heartbeats come more often then."""
        return not _TALKING.isdisjoint(self.states.values())

    @property
    def positions(self) -> dict[str, int]:
        """Return the newest number of each of the stream's conversations."""
        return {str(code): number for code, number in self.newest.items()}

    def begin(self, hello: Hello) -> None:
        """Put the greeting first and let sending start."""
        self._waiting.appendleft(framed(msgspec.json.encode(hello)))
        self._has_begun = True
        self._wakeup.set()

    def push(self, body: bytes) -> None:
        """Queue an event; close the stream as slow when the queue is full."""
        if self._is_over:
            return
        if len(self._waiting) >= self.capacity:
            self._waiting.clear()
            self.end("slow", may_return=True)
            return
        self._waiting.append(framed(body))
        self._wakeup.set()

    def end(self, code: Goodbye, *, may_return: bool) -> None:
        """Say goodbye with a code that tells whether to come back, and send nothing after it."""
        if not self._is_over:
            self._waiting.append(framed(msgspec.json.encode(Bye(code=code, may_return=may_return))))
            self.close()

    def close(self) -> None:
        """Send what waits, and nothing more."""
        self._is_over = self._has_begun = True
        self._wakeup.set()

    async def chunk(self) -> bytes:
        """Return everything that waits, as one piece; nothing when the stream is over."""
        while not (self._has_begun and self._waiting) and not self._is_over:
            self._wakeup.clear()
            await self._wakeup.wait()
        piece = b"".join(self._waiting)
        self._waiting.clear()
        return piece


class Hub:
    """All streams of this process, by topic."""

    def __init__(self, limits: Limits) -> None:
        """Start without streams."""
        self._limits = limits
        self._streams: dict[Stream, None] = {}
        self._by_topic: dict[str, dict[Stream, None]] = {}
        self._is_closing = False

    def __len__(self) -> int:
        """Return how many streams are open."""
        return len(self._streams)

    def add(self, stream: Stream) -> None:
        """Let a stream listen. Raises Unavailable when there are too many, or when the server is stopping."""
        if self._is_closing or len(self._streams) >= self._limits.max_streams:
            raise Unavailable
        stream.capacity = self._limits.stream_queue
        own = self.listening(stream.topics[0])
        for oldest in own[: max(0, len(own) - STREAMS_PER_ACTOR + 1)]:
            oldest.end("over", may_return=False)
            self.remove(oldest)
        self._streams[stream] = None
        for topic in stream.topics:
            self._by_topic.setdefault(topic, {})[stream] = None

    def remove(self, stream: Stream) -> None:
        """Forget a stream. Doing it twice is harmless."""
        self._streams.pop(stream, None)
        for topic in stream.topics:
            listening = self._by_topic.get(topic, {})
            listening.pop(stream, None)
            if not listening:
                self._by_topic.pop(topic, None)

    def listening(self, topic: str) -> list[Stream]:
        """Return the streams of a topic, oldest first."""
        return list(self._by_topic.get(topic, ()))

    def deliver(self, notice: Notice) -> None:
        """Give an event to every stream of its topics, and note how far the log has come."""
        for topic in notice.topics:
            for stream in self.listening(topic):
                stream.push(notice.body)
                if notice.conversation is not None and notice.state is not None:
                    self._note(stream, notice.conversation, notice.number, notice.state)

    def _note(self, stream: Stream, conversation: ConversationCode, number: int, state: State) -> None:
        stream.newest[conversation] = max(number, stream.newest.get(conversation, 0))
        stream.states[conversation] = state
        if state is State.ENDED and not isinstance(stream.actor, ByHelper):
            stream.end("over", may_return=False)

    def forget(self, topic: str, conversation: ConversationCode) -> None:
        """Leave a conversation out of a topic's heartbeats from now on."""
        for stream in self.listening(topic):
            stream.newest.pop(conversation, None)
            stream.states.pop(conversation, None)

    def renew(self, topic: str, expires: int, lines: Collection[LineCode]) -> None:
        """Let a topic's streams live as long as the grant that was just shown for it.

        One that hears more lines than that grant lets it ends now: it may come back, and hears what it may.  # M22
        """
        for stream in self.listening(topic):
            stream.expires = max(stream.expires, expires)
            if not set(stream.lines) <= set(lines):
                stream.end("revoked", may_return=True)
                self.remove(stream)

    def end(self, topic: str, code: Goodbye, *, may_return: bool) -> None:
        """End every stream of a topic."""
        for stream in self.listening(topic):
            stream.end(code, may_return=may_return)

    def beat(self, monotonic: float, now: float) -> None:
        """Give a heartbeat to each stream whose time has come; end those whose grant was not renewed."""
        for stream in list(self._streams):
            if stream.expires <= now:
                stream.end("revoked", may_return=True)
            pace = self._limits.heartbeat_active if stream.is_talking else self._limits.heartbeat_waiting
            stream.beat_at = min(stream.beat_at, monotonic + pace)
            if stream.beat_at <= monotonic:
                stream.push(msgspec.json.encode(Heartbeat(newest=stream.positions)))
                stream.beat_at = monotonic + pace

    def end_all(self) -> None:
        """End every stream with "come back": the server is stopping, and takes no more."""
        self._is_closing = True
        for stream in list(self._streams):
            stream.end("restart", may_return=True)


def framed(body: bytes) -> bytes:
    """Return an event as it stands on a `text/event-stream`."""
    return b"data: " + body + b"\n\n"


def encoded(event: AnyEvent) -> bytes:
    """Return an event as JSON."""
    return msgspec.json.encode(event)
