"""What travels: every command a browser may send and every event it may get, as frozen structs.

Commands are JSON bodies of `POST /live/<name>`; the name stands in `COMMANDS`. Events are JSON objects with the tag
`event`, sent on the stream of `POST /live/events` or read by `POST /live/read`. docs/live-protocol.md explains each;
tests/golden/wire/ holds one example of each, read by Python and TypeScript alike.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from suoja.lib.language_codes import Language

PROTOCOL = 1
MAX_REQUEST_BYTES = 8192
MAX_MESSAGES_PER_SAY = 8
MAX_NUMBER = 2**53 - 1
"""What JavaScript counts to without rounding; a store's integers reach further."""

Code = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
Sealed = Annotated[str, Meta(min_length=1, max_length=6000, pattern=r"^[A-Za-z0-9_-]+$")]
PublicKey = Annotated[str, Meta(min_length=87, max_length=87, pattern=r"^[A-Za-z0-9_-]+$")]
Number = Annotated[int, Meta(ge=0, le=MAX_NUMBER)]
Page = Code  # Random, made once by each page that a browser loads.
EntryCode = Annotated[str, Meta(min_length=22, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
State = Literal["waiting", "active", "ending", "ended"]
Goodbye = Literal["slow", "restart", "revoked", "over", "superseded"]
EndedHow = Literal[
    "visitor_ended", "helper_ended", "visitor_left_queue", "left_quickly", "visitor_lost", "ended_by_service"
]
RequeuedWhy = Literal["helper_lost", "parked"]
PresenceState = Literal["here", "hidden", "unreachable", "left"]
PageState = Literal["here", "hidden", "leaving"]


class Command(Struct, frozen=True, forbid_unknown_fields=True):
    """A request body. Unknown fields are refused: what the server does not know it must not half-obey."""


class Seated(Command, frozen=True, kw_only=True):
    """A command of somebody who has a seat. `epoch` says from which of their pages: the newest alone is heard."""

    epoch: Number


# --- commands -------------------------------------------------------------------------------------------------------


class Open(Command, frozen=True):
    """A visitor enters a line's queue. Needs no grant; the answer gives one.

    The browser makes `entry` once, from 128 random bits: sent again after a lost answer it is the same conversation.
    """

    line: Code
    language: Language
    entry: EntryCode
    wants_professional: bool = False
    protocol: int = PROTOCOL


class Resume(Command, frozen=True):
    """A visitor's page that was loaded anew takes over: it asks for its epoch, the half key, and for where it was."""

    page: Page


class Events(Seated, frozen=True):
    """Open the stream. With `poll` it comes piece by piece, for browsers behind a proxy that holds streams back."""

    protocol: int = PROTOCOL
    poll: Literal["begin", "next"] | None = None


class Read(Seated, frozen=True):
    """Give the numbered events of a conversation after a number."""

    conversation: Code
    after: Number


class Here(Seated, frozen=True):
    """Answers each heartbeat, and tells of hiding, showing, leaving: how far this browser has come, who looks."""

    positions: Annotated[dict[Code, Number], Meta(max_length=16)]
    state: PageState = "here"


class Message(Struct, frozen=True, forbid_unknown_fields=True):
    """One sealed message. The id is the sender's: sent again, it gets the same number."""

    id: Code
    sealed: Sealed


class Say(Seated, frozen=True):
    """Say something in a conversation: one message or several, in order."""

    conversation: Code
    messages: Annotated[tuple[Message, ...], Meta(min_length=1, max_length=MAX_MESSAGES_PER_SAY)]


class Key(Seated, frozen=True):
    """The conversation key, sealed to one participant's public key: that of the event with the number `answers`."""

    conversation: Code
    recipient: Code
    sealed: Sealed
    answers: Number


class Typing(Seated, frozen=True):
    """Somebody writes, or has stopped. Not numbered, not stored."""

    conversation: Code
    is_typing: bool


class End(Seated, frozen=True):
    """End a conversation; from the queue: leave it."""

    conversation: Code


class Park(Seated, frozen=True):
    """A helper gives back a talk whose visitor has been away for long: to the front of the queue."""

    conversation: Code


class OnDuty(Command, frozen=True):
    """A helper's console starts, or takes up again, its duty; keys are sealed to this public key from now on.

    Without an epoch it is a page that was loaded anew and takes over; with the current one it is the same page again.
    """

    public_key: PublicKey
    page: Page
    epoch: Number | None = None
    protocol: int = PROTOCOL


class Available(Seated, frozen=True):
    """A helper takes conversations from now on, or does not."""

    is_available: bool


class Accept(Seated, frozen=True):
    """A helper takes the next visitor of a line."""

    line: Code


class Close(Seated, frozen=True):
    """A helper has read an ended conversation for the last time; its row goes."""

    conversation: Code


class OffDuty(Seated, frozen=True):
    """A helper's console signs out: the duty is over."""


COMMANDS: dict[str, type[Command]] = {
    "open": Open,
    "resume": Resume,
    "events": Events,
    "read": Read,
    "here": Here,
    "say": Say,
    "key": Key,
    "typing": Typing,
    "end": End,
    "park": Park,
    "on-duty": OnDuty,
    "available": Available,
    "accept": Accept,
    "close": Close,
    "off-duty": OffDuty,
}
"""Address under /live/ → body. `POST /live/exit` stands apart: its body is an exit grant as `text/plain`."""


# --- answers --------------------------------------------------------------------------------------------------------


class Opened(Struct, frozen=True):
    """To `open`: everything that a visitor's browser needs, and nothing that survives the conversation."""

    conversation: Code
    participant: Code
    grant: str
    exit_grant: str
    half_key: str
    epoch: int


class Resumed(Struct, frozen=True):
    """To `resume`."""

    snapshot: "Snapshot"
    exit_grant: str
    half_key: str
    epoch: int


class Numbers(Struct, frozen=True):
    """To `say`: each message's number, in the order of the messages. To `key`, `end` and `park`: one number."""

    numbers: tuple[int, ...]


class ReadAnswer(Struct, frozen=True):
    """To `read`: events in number order, at most 200; `newest` tells whether there are more."""

    events: tuple[msgspec.Raw, ...]
    newest: int


class DutyAnswer(Struct, frozen=True):
    """To `on-duty` and `available`: the duty as it stands, with the talks it already holds."""

    is_available: bool
    epoch: int
    conversations: tuple["Snapshot", ...]


class AcceptAnswer(Struct, frozen=True):
    """To `accept`."""

    snapshot: "Snapshot"


class Failure(Struct, frozen=True, omit_defaults=True):
    """Every refusal: a machine code of the one error tree; `reason` only with `line_closed`."""

    error: str
    reason: str | None = None


# --- events ---------------------------------------------------------------------------------------------------------


class Snapshot(Struct, frozen=True):
    """Where a conversation stands. `participant` is the reader's own code in it."""

    conversation: Code
    participant: Code
    line: Code
    language: Language
    state: State
    newest: int


class WaitingVisitor(Struct, frozen=True):
    """One who waits, as helpers see them: since when (ms), in which language, with which wish, and whether there."""

    since: int
    language: Language
    wants_professional: bool
    presence: PresenceState


class Event(Struct, frozen=True, tag_field="event"):
    """Something that happened; what isn't numbered can be lost without harm."""


class Hello(Event, frozen=True, tag="hello"):
    """First on every stream: the protocol, how often a heartbeat comes, and where each conversation stands."""

    protocol: int
    heartbeat_seconds: float
    conversations: tuple[Snapshot, ...]


class Heartbeat(Event, frozen=True, tag="heartbeat"):
    """Comes regularly and carries the newest number of each conversation, so that a lost push is noticed.

    `seconds` is how long it is until the next one.
    """

    newest: dict[str, int]
    seconds: float


class Queue(Event, frozen=True, tag="queue"):
    """To a waiting visitor: the place in the queue, 1 = next."""

    conversation: Code
    place: int


class Waiting(Event, frozen=True, tag="waiting"):
    """To helpers on duty: who waits on a line, first come first; of many, those who are there before any who aren't.

    `count` is how many wait, `present` how many of them can be accepted now, `present_for_peers` how many by a peer.
    """

    line: Code
    visitors: tuple[WaitingVisitor, ...]
    count: int
    present: int
    present_for_peers: int


class Writing(Event, frozen=True, tag="typing"):
    """The other one writes, or has stopped."""

    conversation: Code
    participant: Code
    is_typing: bool


class Presence(Event, frozen=True, tag="presence"):
    """Whether the other one is there, and since when (ms by the service's clock).

    `away_ms`: of somebody who is here, how long they had not been just before; else 0.
    """

    conversation: Code
    participant: Code
    state: PresenceState
    since: int
    away_ms: int


class Bye(Event, frozen=True, tag="bye"):
    """Last on a stream that the server closes: why, and whether to come back."""

    code: Goodbye
    may_return: bool


class Numbered(Event, frozen=True):
    """An entry of a conversation's log: gap-free numbers from 1. `at` is the service's clock in ms."""

    conversation: Code
    number: int
    at: int


class ConversationOpened(Numbered, frozen=True, tag="opened"):
    """Number 1: the visitor entered the queue."""


class Accepted(Numbered, frozen=True, tag="accepted"):
    """A helper took the conversation. The visitor's browser now seals the key to `public_key`."""

    participant: Code
    role: Literal["professional", "peer"]
    names: dict[str, str]
    public_key: PublicKey


class Returned(Numbered, frozen=True, tag="returned"):
    """The same helper's console has a new key pair. The visitor's browser seals the key anew, to `public_key`."""

    participant: Code
    public_key: PublicKey


class Requeued(Numbered, frozen=True, tag="requeued"):
    """Nobody holds the talk any more: it waits at the front of the queue, with its log and its key."""

    why: RequeuedWhy


class KeySealed(Numbered, frozen=True, tag="key"):
    """The conversation key, sealed to one participant: to the public key in the event with the number `answers`."""

    recipient: Code
    sealed: Sealed
    answers: int


class Said(Numbered, frozen=True, tag="said"):
    """A sealed message."""

    sender: Code
    id: Code
    sealed: Sealed


class Ending(Numbered, frozen=True, tag="ending"):
    """Nothing new is accepted from here on; both sides fetch what is left."""

    how: EndedHow


class Ended(Numbered, frozen=True, tag="ended"):
    """The contents and keys have been destroyed. Pushed, not stored: there is no log any more to store it in."""

    how: EndedHow


NumberedEvent = ConversationOpened | Accepted | Returned | Requeued | KeySealed | Said | Ending | Ended
AnyEvent = Hello | Heartbeat | Queue | Waiting | Writing | Presence | Bye | NumberedEvent
