"""Every change of state, as a frozen struct: what the journal commits, in order, and nothing else changes anything.

The type in brackets is what a committed operation answers. Who sent it has been proven by a grant; whether it may be
done now is decided inside the committing transaction.
"""

from typing import Generic, TypeVar

from msgspec import Struct

from suoja.lib.codes import ConversationCode, DutyCode, HalfKey, HelperCode, LineCode, ParticipantCode
from suoja.lib.grants import Standing
from suoja.lib.language_codes import Language
from suoja.live.records import Conversation
from suoja.live.wire import Message

Answer_co = TypeVar("Answer_co", covariant=True)


class Operation(Struct, Generic[Answer_co], frozen=True):
    """A change to commit; refused by a SuojaError, answered by an `Answer`."""


class ByVisitor(Struct, frozen=True):
    """The visitor's grant proves this participant; the epoch says from which of their pages."""

    participant: ParticipantCode
    epoch: int


class ByHelper(Struct, frozen=True):
    """The helper's grant proves this duty; which conversations it holds, the journal knows. The epoch is the page's."""

    duty: DutyCode
    epoch: int


Actor = ByVisitor | ByHelper


class DutyState(Struct, frozen=True):
    """A duty as it stands, with the conversations that it holds."""

    is_available: bool
    epoch: int
    conversations: tuple[Conversation, ...]


# --- a conversation -------------------------------------------------------------------------------------------------


class Open(Operation[Conversation], frozen=True):
    """A visitor enters a line's queue. The codes and the half key are made by who asks: the rules roll no dice.

    Asked again by the same participant, it answers the conversation as it stands. Duties that are `revoked` answer
    nobody, whether or not the disk knows it.
    """

    conversation: ConversationCode
    participant: ParticipantCode
    half_key: HalfKey
    line: LineCode
    language: Language
    wants_professional: bool
    revoked: frozenset[DutyCode] = frozenset()


class Resume(Operation[Conversation], frozen=True):
    """A page of the visitor's that was loaded anew takes over: the next epoch is its own, and older pages have none."""

    conversation: ConversationCode
    participant: ParticipantCode
    page: str


class Accept(Operation[Conversation], frozen=True):
    """A duty takes the first waiting visitor that it may take; `participant` is the helper's code in there.

    Those who are `away`, as the core sees it, are passed over and keep their place.
    """

    by: ByHelper
    standing: Standing
    line: LineCode
    participant: ParticipantCode
    away: frozenset[ConversationCode] = frozenset()


class Park(Operation[tuple[int, ...]], frozen=True):
    """A helper gives a talk back to the front of the queue; its visitor has been away for so many seconds."""

    conversation: ConversationCode
    by: ByHelper
    away_for: float


class EndAbsent(Operation[None], frozen=True):
    """The visitor has been away for as long as anybody is waited for."""

    conversation: ConversationCode


class PutKey(Operation[tuple[int, ...]], frozen=True):
    """The conversation key, sealed by the visitor to one recipient. The first write that answers an event wins."""

    conversation: ConversationCode
    by: Actor
    recipient: ParticipantCode
    sealed: str
    answers: int


class Say(Operation[tuple[int, ...]], frozen=True):
    """Sealed messages, in order. All of them are taken or none."""

    conversation: ConversationCode
    by: Actor
    messages: tuple[Message, ...]


class End(Operation[tuple[int, ...]], frozen=True):
    """End a talk, or leave the queue."""

    conversation: ConversationCode
    by: Actor


class Exit(Operation[None], frozen=True):
    """The quick exit: everything is destroyed at once, and `ending` is skipped."""

    conversation: ConversationCode
    participant: ParticipantCode


class Confirm(Operation[None], frozen=True):
    """One side says how far it has come; when both have the last number, an ending conversation has ended."""

    conversation: ConversationCode
    by: Actor
    position: int


class Close(Operation[None], frozen=True):
    """The helper needs an ended conversation no more: its row goes."""

    conversation: ConversationCode
    by: ByHelper


# --- a duty ---------------------------------------------------------------------------------------------------------
# What is done in a duty carries the standing of the grant that was shown for it, which replaces the duty's before
# anything is decided: somebody who was made a peer, or lost a line, loses it with the next grant.


class StartDuty(Operation[DutyState], frozen=True):
    """A duty begins, or a console takes it up again; from now on with this public key.

    Without an epoch it is a page that was loaded anew. `silent` are duties whose consoles don't answer, as the core
    sees it: those of the same helper are over.
    """

    duty: DutyCode
    helper: HelperCode
    standing: Standing
    public_key: str
    page: str
    epoch: int | None = None
    silent: frozenset[DutyCode] = frozenset()


class SetAvailable(Operation[DutyState], frozen=True):
    """A helper takes conversations from now on, or does not."""

    by: ByHelper
    standing: Standing
    is_available: bool


class RenewLease(Operation[None], frozen=True):
    """The console has answered a heartbeat."""

    by: ByHelper
    standing: Standing


class EndDuty(Operation[None], frozen=True):
    """A duty is over, for good; visitors whose talks it still holds wait again, before all others.

    With an epoch it is one of the console's pages that asks, and has to be the newest.
    """

    duty: DutyCode
    epoch: int | None = None


# --- time -----------------------------------------------------------------------------------------------------------


class Sweep(Operation[int], frozen=True):
    """What time alone brings about: due endings, old rows, duties whose console is lost. Answers how many.

    `lost` are duties whose consoles have been silent for long, as the core hears it on a clock that nobody sets. None:
    whoever asks has not listened, and can't know: a console may just have had nobody to answer to.
    """

    lost: frozenset[DutyCode] | None = None


class CatchUp(Operation[None], frozen=True):
    """The core knows a conversation like this; another process, such as `suoja tick`, may have ended it since.

    What is found to be over is told as if it came to its end now.
    """

    known: Conversation
