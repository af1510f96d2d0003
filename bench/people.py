"""Who talks: one side of a conversation each, with an outbox as the browser has it, over either transport."""

import json
from collections.abc import Sequence
from time import perf_counter

from bench.connections import Commands, EventStream, request
from bench.ledger import ID_DIGITS, Ledger
from bench.websockets import WebSocket, frame
from suoja.live.wire import MAX_MESSAGES_PER_SAY, MAX_REQUEST_BYTES

SEALED = b"A" * 1404
"""A text of 300 bytes as it travels: padded to 1,024 bytes, sealed, base64url."""

_NAMES_AROUND = 1024
"""Room for the names around the sealed bytes in one request, as the shipped outbox leaves it."""

MESSAGES_PER_SAY = min(MAX_MESSAGES_PER_SAY, (MAX_REQUEST_BYTES - _NAMES_AROUND) // len(SEALED))
"""So many of these fit into a request; the shipped outbox sends no more."""

_SAID = b'{"event":"said"'
_NUMBER = b'"number":'
_ID = b'"id":"'


class Run:
    """What all people of a crowd share: the ledger of the run that goes on."""

    def __init__(self) -> None:
        """Begin with an empty ledger."""
        self.ledger = Ledger()

    def begin(self) -> Ledger:
        """Return a fresh ledger, whose messages carry ids that were not used before."""
        self.ledger = Ledger(self.ledger.first + len(self.ledger))
        return self.ledger


class Person:
    """One side of a talk: sends what it is given, hears its stream, and keeps the ledger."""

    is_numbered = True
    """Whether the server numbers each talk without a gap, as all but Channels do here."""

    def __init__(self, index: int, run: Run) -> None:
        """Take a number of one's own and the run."""
        self.index, self.run = index, run
        self.newest = 0
        self._outbox: list[int] = []
        self._in_flight: list[int] = []

    def say(self, at: float) -> None:
        """Say something that was due at an instant: at once, or with what waits for the answer before it."""
        self._outbox.append(self.run.ledger.schedule(self.index, at))
        if not self._in_flight:
            self._flush()

    def heard(self, event: bytes) -> None:
        """Hear an event: each number of the log once and in order, or the run is wrong."""
        if not event.startswith(_SAID):
            self.heard_other(event)
            return
        at = event.find(_NUMBER) + len(_NUMBER)
        number = int(event[at : event.find(b",", at)])
        at = event.find(_ID, at) + len(_ID)
        ledger = self.run.ledger
        if number != self.newest + 1 and self.is_numbered:
            ledger.wrong.append(f"number {number} came after {self.newest}")
        self.newest = number
        message = int(event[at : at + ID_DIGITS]) - ledger.first
        # Of this run: neither a straggler of the one before, nor of somebody who floods beside it.
        if 0 <= message < len(ledger):
            ledger.arrive(self.index, message, number, perf_counter())

    def heard_other(self, event: bytes) -> None:
        """Hear what is not a message."""
        number = json.loads(event).get("number")
        self.newest = self.newest if number is None else number

    def answered(self, status: int, body: bytes) -> None:
        """Hear the answer to what is in flight, and send what waits."""
        messages, self._in_flight = self._in_flight, []
        if status == 200:  # noqa: PLR2004  # HTTP's own number.
            numbers = body[body.index(b"[") + 1 : body.index(b"]")].split(b",")
            for message, number in zip(messages, numbers, strict=True):
                self.run.ledger.acknowledge(message, int(number), perf_counter())
        else:
            for _ in messages:
                self.run.ledger.refuse(status)
        if self._outbox:
            self._flush()

    def transmit(self, messages: bytes) -> None:
        """Send messages as JSON, separated by commas."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the connections."""
        raise NotImplementedError

    def _flush(self) -> None:
        self._in_flight, self._outbox = self._outbox[:MESSAGES_PER_SAY], self._outbox[MESSAGES_PER_SAY:]
        first = self.run.ledger.first
        self.transmit(b",".join(message_of(first + message) for message in self._in_flight))


def message_of(message: int) -> bytes:
    """Return a message as it stands in the body of a `say`."""
    return b'{"id":"%0*d","sealed":"%s"}' % (ID_DIGITS, message, SEALED)


class OverPost(Person):
    """Over `POST` and an event stream."""

    commands: Commands
    stream: EventStream

    def __init__(self, index: int, run: Run) -> None:
        """Wait to be connected and to learn what to say in which conversation."""
        super().__init__(index, run)
        self._head = self._before = b""

    def speaks(self, token: str, before: bytes) -> None:
        """Take the grant, and how the body of a `say` begins: up to its list of messages."""
        head = request("/live/say", token, b"")
        # The length stands last in the head; everything before it is the same for each message.
        self._head = head[: head.rindex(b"0\r\n\r\n")]
        self._before = before

    def transmit(self, messages: bytes) -> None:
        """Post them."""
        body = self._before + messages + b"]}"
        self.commands.send(b"%s%d\r\n\r\n%s" % (self._head, len(body), body), self.answered)

    def close(self) -> None:
        """Close both connections."""
        self.commands.close()
        self.stream.close()


class OverWebSocket(Person):
    """Over a WebSocket: what is said, its answer and what is heard share one connection."""

    socket: WebSocket

    def heard(self, event: bytes) -> None:
        """Tell an answer from an event."""
        if event.startswith(b'{"numbers"'):
            self.answered(200, event)
        else:
            super().heard(event)

    def transmit(self, messages: bytes) -> None:
        """Send them in one frame."""
        self.socket.send(frame(b'{"messages":[' + messages + b"]}"))

    def close(self) -> None:
        """Close the connection."""
        self.socket.close()


Crowd = Sequence[Person]
