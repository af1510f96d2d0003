"""Which streams are open in this process, and what each is still to be given.

A stream's queue is bounded: one that falls behind is closed as `slow` and may return, so a reader that sleeps costs a
few kilobytes and never the others' time. Ten thousand streams stand here while their visitors wait, hence the slots,
and a queue that exists only while something is in it.
"""

from collections.abc import Callable, Collection, Sequence

import msgspec
from msgspec import Struct

from suoja.lib.codes import LineCode
from suoja.lib.errors import Unavailable
from suoja.live.limits import STREAMS_PER_ACTOR, Limits
from suoja.live.wire import AnyEvent, Bye, Goodbye


class Notice(Struct, frozen=True):
    """What the bus carries: one event for the streams of some topics. After the last one, visitors' streams end."""

    topics: tuple[str, ...]
    body: bytes
    is_last: bool = False


def conversation_topic(code: str) -> str:
    """Return the topic to which a conversation's visitor listens."""
    return f"conversation:{code}"


def duty_topic(code: str) -> str:
    """Return the topic to which a helper listens: everything in the talks that the duty holds."""
    return f"duty:{code}"


def line_topic(code: str) -> str:
    """Return the topic on which helpers hear who waits on a line."""
    return f"line:{code}"


def both_topics(conversation: str, duty: str | None) -> tuple[str, ...]:
    """Return the topics of both sides of a talk; the visitor's alone while no duty holds it."""
    return (conversation_topic(conversation), *([] if duty is None else [duty_topic(duty)]))


def nobody(*_: object) -> None:
    """Stand for whoever is told, while there is none."""


class Stream:
    """One page's stream: whose it is, what it listens to, and the events that wait to be sent.

    `code` is the visitor's conversation or the helper's duty. `wake` is called when something waits; who reads the
    stream sets it.
    """

    __slots__ = (
        *("beat_at", "code", "epoch", "expires", "is_over", "is_visitor", "lines", "place", "slot", "topics", "wake"),
        *("_bound", "_size", "_waiting"),
    )

    def __init__(self, code: str, epoch: int, topics: Sequence[str], expires: int) -> None:
        """Begin with nothing to send, as a visitor's stream; `hearing` makes it a helper's."""
        self.code, self.epoch, self.topics, self.expires = code, epoch, tuple(topics), expires
        self.is_visitor, self.is_over = True, False
        self.lines: tuple[LineCode, ...] = ()
        self.place: int | None = None
        self.beat_at, self.slot = float("inf"), -1
        self.wake: Callable[[], None] = nobody
        self._waiting: list[bytes] | None = None
        self._size, self._bound = 0, (0, 0)

    def hearing(self, lines: Collection[LineCode]) -> "Stream":
        """Return the stream as that of a helper who hears who waits on some lines."""
        self.is_visitor, self.lines = False, tuple(lines)
        self.topics = (*self.topics, *map(line_topic, lines))
        return self

    @property
    def own_topic(self) -> str:
        """The topic that belongs to this seat alone: its streams are those of one person's pages."""
        return self.topics[0]

    def bind(self, limits: Limits) -> None:
        """Set how much may wait."""
        self._bound = (limits.stream_queue, limits.stream_bytes)

    def tell(self, event: AnyEvent) -> None:
        """Queue an event that is for this stream alone."""
        self.push(framed(encoded(event)))

    def push(self, frame: bytes) -> None:
        """Queue a framed event; end the stream as slow when too many or too much of them wait."""
        if self.is_over:
            return
        waiting, (most, largest) = self._waiting or [], self._bound
        if len(waiting) >= most or self._size + len(frame) > largest:
            self.drop()
            self.end("slow", may_return=True)
            return
        self._put(waiting, frame)

    def drop(self) -> None:
        """Send nothing of what waits: what has a number can be read by it, the rest is told anew to the next stream."""
        self._waiting, self._size = None, 0

    def end(self, code: Goodbye, *, may_return: bool) -> None:
        """Say goodbye with a code that tells whether to come back, and send nothing after it."""
        if not self.is_over:
            self.is_over = True
            self._put(self._waiting or [], framed(encoded(Bye(code=code, may_return=may_return))))

    def close(self) -> None:
        """Send what waits, and nothing more."""
        if not self.is_over:
            self.is_over = True
            self.wake()

    def take(self) -> bytes:
        """Return everything that waits, as one piece; nothing when nothing does."""
        waiting, self._waiting, self._size = self._waiting, None, 0
        return b"".join(waiting or ())

    @property
    def is_waiting(self) -> bool:
        """Tell whether there is something to send, or nothing will ever be."""
        return self.is_over or self._waiting is not None

    def _put(self, waiting: list[bytes], frame: bytes) -> None:
        waiting.append(frame)
        self._waiting, self._size = waiting, self._size + len(frame)
        self.wake()


class Hub:
    """All streams of this process, by topic."""

    def __init__(self, limits: Limits) -> None:
        """Start without streams. `left` is told of each stream whose page has no other one left."""
        self._limits = limits
        self._streams: set[Stream] = set()
        self._helpers: set[Stream] = set()
        self._by_topic: dict[str, tuple[Stream, ...]] = {}
        self._is_closing = False
        self.left: Callable[[Stream], None] = nobody

    def __len__(self) -> int:
        """Return how many streams are open."""
        return len(self._streams)

    def add(self, stream: Stream) -> None:
        """Let a stream listen. Raises Unavailable when there are too many, or when the server is stopping."""
        if self._is_closing or len(self._streams) >= self._limits.max_streams:
            raise Unavailable
        stream.bind(self._limits)
        own = self.listening(stream.own_topic)
        for oldest in own[: max(0, len(own) - STREAMS_PER_ACTOR + 1)]:
            self._end(oldest, "over", may_return=False)
        self._streams.add(stream)
        if not stream.is_visitor:
            self._helpers.add(stream)
        for topic in stream.topics:
            self._by_topic[topic] = (*self.listening(topic), stream)

    def remove(self, stream: Stream) -> None:
        """Forget a stream; what waits in it may still be sent. Doing it twice is harmless."""
        stream.close()
        if stream not in self._streams:
            return
        self._streams.remove(stream)
        self._helpers.discard(stream)
        for topic in stream.topics:
            remaining = tuple(other for other in self.listening(topic) if other is not stream)
            if remaining:
                self._by_topic[topic] = remaining
            else:
                del self._by_topic[topic]
        if not self.listening(stream.own_topic):
            self.left(stream)

    def listening(self, topic: str) -> tuple[Stream, ...]:
        """Return the streams of a topic, oldest first."""
        return self._by_topic.get(topic, ())

    def deliver(self, notice: Notice) -> None:
        """Give an event to every stream of its topics."""
        frame = framed(notice.body)
        for topic in notice.topics:
            for stream in self.listening(topic):
                stream.push(frame)
                if notice.is_last and stream.is_visitor:
                    stream.end("over", may_return=False)
                if stream.is_over:
                    self.remove(stream)

    def renew(self, topic: str, expires: int, lines: Collection[LineCode]) -> None:
        """Let a topic's streams live as long as the grant that was just shown for it.

        One that hears more lines than that grant lets it ends now, with what it has not sent yet: it may come back, and
        hears what it may.  # M22
        """
        for stream in self.listening(topic):
            stream.expires = max(stream.expires, expires)
            if not set(stream.lines) <= set(lines):
                stream.drop()
                self._end(stream, "revoked", may_return=True)

    def end(self, topic: str, code: Goodbye, *, may_return: bool) -> None:
        """End every stream of a topic."""
        for stream in self.listening(topic):
            self._end(stream, code, may_return=may_return)

    def supersede(self, topic: str, epoch: int) -> None:
        """End the streams of older pages: the newest page of a seat is the only one that hears.  # safety 10"""
        for stream in self.listening(topic):
            if stream.epoch < epoch:
                self._end(stream, "superseded", may_return=False)

    def expire(self, now: float) -> None:
        """End the helpers' streams whose grant was not renewed. Visitors' last for a day: their heartbeats will see."""
        for stream in [stream for stream in self._helpers if stream.expires <= now]:
            self._end(stream, "revoked", may_return=True)

    def end_all(self) -> None:
        """End every stream with "come back": the server is stopping, and takes no more."""
        self._is_closing = True
        for stream in list(self._streams):
            self._end(stream, "restart", may_return=True)

    def _end(self, stream: Stream, code: Goodbye, *, may_return: bool) -> None:
        stream.end(code, may_return=may_return)
        self.remove(stream)


def framed(body: bytes) -> bytes:
    """Return an event as it stands on a `text/event-stream`."""
    return b"data: " + body + b"\n\n"


def encoded(event: AnyEvent) -> bytes:
    """Return an event as JSON."""
    return msgspec.json.encode(event)
