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
    """The visitor's grant proves this participant."""

    participant: ParticipantCode


class ByHelper(Struct, frozen=True):
    """The helper's grant proves this duty; which conversations it holds, the journal knows."""

    duty: DutyCode


Actor = ByVisitor | ByHelper


class DutyState(Struct, frozen=True):
    """A duty as it stands, with the conversations that it holds."""

    is_available: bool
    conversations: tuple[Conversation, ...]


# --- a conversation -------------------------------------------------------------------------------------------------


class Open(Operation[Conversation], frozen=True):
    """A visitor enters a line's queue. The codes and the half key are made by who asks: the rules roll no dice."""

    conversation: ConversationCode
    participant: ParticipantCode
    half_key: HalfKey
    line: LineCode
    language: Language
    wants_professional: bool


class Accept(Operation[Conversation], frozen=True):
    """A duty takes the first waiting visitor that it may take; `participant` is the helper's code in there."""

    duty: DutyCode
    standing: Standing
    line: LineCode
    participant: ParticipantCode


class PutKey(Operation[tuple[int, ...]], frozen=True):
    """The conversation key, sealed by the visitor to one recipient. The first write wins."""

    conversation: ConversationCode
    by: Actor
    recipient: ParticipantCode
    sealed: str


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
    """A duty begins, or a reloaded console takes it up again; from now on with this public key."""

    duty: DutyCode
    helper: HelperCode
    standing: Standing
    public_key: str


class SetAvailable(Operation[DutyState], frozen=True):
    """A helper takes conversations from now on, or does not."""

    duty: DutyCode
    standing: Standing
    is_available: bool


class RenewLease(Operation[None], frozen=True):
    """The console has answered a heartbeat."""

    duty: DutyCode
    standing: Standing


class EndDuty(Operation[None], frozen=True):
    """A duty is over, for good; talks that it still holds end by the service."""

    duty: DutyCode


# --- time -----------------------------------------------------------------------------------------------------------


class Sweep(Operation[int], frozen=True):
    """What time alone brings about: due endings, old rows, duties whose console is lost. Answers how many."""
