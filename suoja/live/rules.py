"""What may happen to a conversation, and what comes of it: values in, a `Change` or a SuojaError out. No I/O.

The journal fetches the records inside the committing transaction, asks one of these functions, and writes what it says.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from suoja.lib.codes import LineCode, ParticipantCode
from suoja.lib.errors import (
    AtCapacity,
    ConversationGone,
    LineClosed,
    MessageDiffers,
    NobodyWaiting,
    NotForPeers,
    NotOnDuty,
    NotYours,
    Unauthorised,
)
from suoja.lib.language_codes import Language, in_order
from suoja.live.entries import answering_itself, appended, entry_of, logged
from suoja.live.lifecycle import Act, State, next_state
from suoja.live.operations import Accept, Actor, ByHelper, ByVisitor, Open, PutKey
from suoja.live.records import Change, Conversation, Duty, Entry
from suoja.live.wire import (
    Accepted,
    ConversationOpened,
    KeySealed,
    Message,
    Said,
)

# No message id may look like this, so a key is found as a message is and can't be taken for one.
_KEY_FOR = "key:"


class Seat(msgspec.Struct, frozen=True):
    """A participant who was proven to be one: the conversation as it stands, and who they are in it."""

    conversation: Conversation
    participant: ParticipantCode
    is_visitor: bool


def open_duty(duty: Duty | None) -> Duty:
    """Return the duty if it runs. Raises NotOnDuty if it never began, Unauthorised if it is over."""
    if duty is None:
        raise NotOnDuty
    if duty.ended_at is not None:
        raise Unauthorised
    return duty


def seat_of(conversation: Conversation | None, duty: Duty | None, by: Actor) -> Seat:
    """Return the seat that an actor has; raises what tells them that they have none."""
    if isinstance(by, ByHelper):
        open_duty(duty)
    if conversation is None:
        raise ConversationGone
    if isinstance(by, ByVisitor):
        if by.participant != conversation.visitor:
            raise NotYours
        return Seat(conversation, conversation.visitor, is_visitor=True)
    if conversation.duty != by.duty or conversation.helper is None:
        raise NotYours
    return Seat(conversation, conversation.helper, is_visitor=False)


# --- entering and accepting -----------------------------------------------------------------------------------------


def is_answered(
    line: LineCode, duties: Iterable[Duty], now: int, *, wants_professional: bool, peers_may_answer: bool
) -> bool:
    """Tell whether somebody is on duty who may answer: available, and their console has answered lately."""
    may_peers = peers_may_answer and not wants_professional
    return any(_answers(duty, line, now, peers_may_answer=may_peers) for duty in duties)


def languages_answered(
    line: LineCode, duties: Iterable[Duty], now: int, *, peers_may_answer: bool
) -> tuple[Language, ...]:
    """Return the languages that somebody writes who may answer on a line now; none when nobody is on duty."""
    there = [duty for duty in duties if _answers(duty, line, now, peers_may_answer=peers_may_answer)]
    return in_order({language for duty in there for language in duty.standing.languages})


def _answers(duty: Duty, line: LineCode, now: int, *, peers_may_answer: bool) -> bool:
    is_there = duty.ended_at is None and duty.is_available and duty.lease_until > now
    return is_there and line in duty.standing.lines and (peers_may_answer or not duty.standing.is_peer)  # M22


def open_conversation(wish: Open, refusal: str | None, now: int, *, is_staffed: bool) -> Change:
    """Let a visitor into the queue. Raises LineClosed with the reason."""
    reason = refusal or (None if is_staffed else "nobody_on_duty")
    if reason is not None:
        raise LineClosed(reason)
    opened = Conversation(
        code=wish.conversation,
        line=wish.line,
        language=wish.language,
        state=next_state(State.ABSENT, Act.OPEN),
        newest=0,
        visitor=wish.participant,
        wants_professional=wish.wants_professional,
        half_key=wish.half_key,
        opened_at=now,
    )
    return answering_itself(appended(opened, ConversationOpened(wish.conversation, 1, now), wish.participant))


def may_take(duty: Duty, wish: Accept, held: int, *, peers_may_answer: bool) -> None:
    """Raise what keeps a duty from taking anybody on a line just now."""
    if not duty.is_available:
        raise NotOnDuty
    if wish.line not in duty.standing.lines:
        raise NotYours
    if duty.standing.is_peer and not peers_may_answer:  # M22
        raise NotForPeers
    if held >= duty.standing.capacity:  # M13
        raise AtCapacity


def accept_next(duty: Duty, waiting: Iterable[Conversation], wish: Accept, now: int) -> Change:
    """Give a duty the first waiting visitor that it may take; call `may_take` before. Raises NobodyWaiting."""
    first = next((one for one in waiting if not (duty.standing.is_peer and one.wants_professional)), None)
    if first is None:
        raise NobodyWaiting
    taken = replace(first, state=next_state(first.state, Act.ACCEPT), duty=duty.code, helper=wish.participant)
    role, names = shown_role(duty), duty.standing.names
    event = Accepted(taken.code, taken.newest + 1, now, wish.participant, role, names, duty.public_key)
    change = answering_itself(appended(taken, event, wish.participant))
    return replace(change, duties=(duty,), queues=frozenset({taken.line}))


def shown_role(duty: Duty) -> Literal["professional", "peer"]:
    """Return the role as visitors are told it: a peer is always called one (M7)."""
    return "peer" if duty.standing.is_peer else "professional"


# --- talking --------------------------------------------------------------------------------------------------------


def say(seat: Seat, known: Mapping[str, Entry], messages: Sequence[Message], now: int) -> Change:
    """Append what is new and find again what was sent before: same id and bytes, same number."""
    state, conversation = seat.conversation.state, seat.conversation
    found, entries = dict(known), list[Entry]()
    for message in messages:
        if message.id not in found:
            number = conversation.newest + len(entries) + 1
            said = Said(conversation.code, number, now, seat.participant, message.id, message.sealed)
            entries.append(entry_of(said, seat.participant, message.id))
            found[message.id] = entries[-1]
        elif msgspec.json.decode(found[message.id].body, type=Said).sealed != message.sealed:
            raise MessageDiffers
    numbers = tuple(found[message.id].number for message in messages)
    if not entries:
        return Change(result=numbers)
    return replace(logged(replace(conversation, state=next_state(state, Act.SAY)), entries), result=numbers)


def put_key(seat: Seat, known: Entry | None, wish: PutKey, now: int) -> Change:
    """Keep the conversation key for one recipient. The first write wins; only the visitor's browser seals."""
    conversation = seat.conversation
    if not seat.is_visitor:
        raise NotYours
    if known is not None:
        if msgspec.json.decode(known.body, type=KeySealed).sealed != wish.sealed:
            raise MessageDiffers
        return Change(result=(known.number,))
    state = next_state(conversation.state, Act.KEY)
    if wish.recipient != conversation.helper:
        raise NotYours
    event = KeySealed(conversation.code, conversation.newest + 1, now, wish.recipient, wish.sealed)
    return appended(replace(conversation, state=state), event, seat.participant, key_mark(wish.recipient))


def key_mark(recipient: ParticipantCode) -> str:
    """Return under which mark a recipient's key is found in the log."""
    return _KEY_FOR + recipient
