"""Who has which seat, and from which of their pages: the newest page of a seat is the only one that is heard. No I/O.

A page takes up a seat with an epoch, one more than that of the page before. Every command carries its page's epoch, and
one that is not the row's is refused inside the committing transaction. A page that asks for its seat again, because the
answer was lost or a first request was held up, has the epoch that it has.
"""

import msgspec
from msgspec.structs import replace

from suoja.lib.codes import ParticipantCode
from suoja.lib.errors import ConversationGone, NotOnDuty, NotYours, Superseded, Unauthorised
from suoja.live.lifecycle import Act, State, next_state
from suoja.live.operations import Actor, ByVisitor
from suoja.live.records import Change, Conversation, Duty


class Seat(msgspec.Struct, frozen=True):
    """A participant who was proven to be one: the conversation as it stands, and who they are in it."""

    conversation: Conversation
    participant: ParticipantCode
    is_visitor: bool


def running(duty: Duty | None) -> Duty:
    """Return the duty if it runs. Raises NotOnDuty if it never began, Unauthorised if it is over."""
    if duty is None:
        raise NotOnDuty
    if duty.ended_at is not None:
        raise Unauthorised
    return duty


def open_duty(duty: Duty | None, epoch: int) -> Duty:
    """Return the duty if it runs in this page. Raises as `running` does; Superseded when a newer page has it."""
    if running(duty).epoch != epoch:
        raise Superseded
    return running(duty)


def visitors_seat(conversation: Conversation | None, participant: ParticipantCode) -> Seat:
    """Return the visitor's seat, from whichever of their pages: for what no epoch can be asked of."""
    if conversation is None:
        raise ConversationGone
    if participant != conversation.visitor:
        raise NotYours
    return Seat(conversation, conversation.visitor, is_visitor=True)


def seat_of(conversation: Conversation | None, duty: Duty | None, by: Actor) -> Seat:
    """Return the seat that an actor has; raises what tells them that they have none, or that a newer page has it."""
    if isinstance(by, ByVisitor):
        seat = visitors_seat(conversation, by.participant)
        # After the end every page learns that it is gone: that wipes what it holds, and "superseded" doesn't.
        if seat.conversation.state is not State.ENDED and by.epoch != seat.conversation.visitor_epoch:  # safety 10
            raise Superseded
        return seat
    open_duty(duty, by.epoch)
    if conversation is None:
        raise ConversationGone
    if conversation.duty != by.duty or conversation.helper is None:
        raise NotYours
    return Seat(conversation, conversation.helper, is_visitor=False)


def epoch_for(current: int, taken: int | None) -> int:
    """Return the epoch of a page that takes up a seat; `taken` is the one with which it did so before.

    Raises Superseded when a newer page has taken the seat since. An epoch that no row has was never committed.
    """
    if taken is None or taken > current:
        return current + 1
    if taken < current:
        raise Superseded
    return current  # safety 10: a request that was held up doesn't supersede its own page.


def resume(seat: Seat, taken: int | None) -> Change:
    """Give the visitor's seat to the page that asks: the newest wins, and those before are heard no more."""
    conversation = seat.conversation
    state = next_state(conversation.state, Act.RESUME)
    resumed = replace(conversation, state=state, visitor_epoch=epoch_for(conversation.visitor_epoch, taken))
    return Change(result=resumed, saved=(resumed,))
