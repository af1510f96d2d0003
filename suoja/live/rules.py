"""What may happen to a conversation, and what comes of it: values in, a `Change` or a SuojaError out. No I/O.

The journal fetches the records inside the committing transaction, asks one of these functions, and writes what it says.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from suoja.lib.codes import LineCode
from suoja.lib.errors import (
    AtCapacity,
    ConversationGone,
    LineClosed,
    LogFull,
    MessageDiffers,
    NobodyWaiting,
    NotForPeers,
    NotOnDuty,
    NotYours,
    OutOfState,
)
from suoja.lib.grants import Standing
from suoja.lib.language_codes import Language, in_order
from suoja.live.entries import answering_itself, appended, entry_of, logged
from suoja.live.lifecycle import Act, State, next_state
from suoja.live.limits import MAX_ENTRIES
from suoja.live.operations import Accept, Open, PutKey
from suoja.live.records import Change, Conversation, Duty, Entry
from suoja.live.seats import Seat
from suoja.live.wire import (
    Accepted,
    ConversationOpened,
    KeySealed,
    Message,
    Said,
)

# No message id may look like this, so a key is found as a message is and can't be taken for one.
_KEY_ANSWERING = "key:"


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
        queued_at=now,
    )
    return answering_itself(appended(opened, ConversationOpened(wish.conversation, 1, now), wish.participant))


def opened_before(known: Conversation, wish: Open) -> Change:
    """Answer who asks again, perhaps because the answer was lost: no second conversation comes of it."""
    if known.visitor != wish.participant:
        raise OutOfState
    if known.state is State.ENDED:
        raise ConversationGone
    return Change(result=known)


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


def may_hold(standing: Standing, conversation: Conversation, *, peers_may_answer: bool) -> bool:
    """Tell whether a helper who stands so may be in a talk: somebody may have been made a peer, or have lost a line."""
    if conversation.line not in standing.lines:
        return False
    return not standing.is_peer or (peers_may_answer and not conversation.wants_professional)  # M22


def accept_next(duty: Duty, waiting: Iterable[Conversation], wish: Accept, now: int) -> Change:
    """Give a duty the first waiting visitor who is there and whom it may take; call `may_take` before.

    Raises NobodyWaiting. Who is away keeps their place.
    """
    present = (one for one in waiting if one.code not in wish.away)
    first = next((one for one in present if not (duty.standing.is_peer and one.wants_professional)), None)
    if first is None:
        raise NobodyWaiting
    state, number = next_state(first.state, Act.ACCEPT), first.newest + 1
    taken = replace(first, state=state, duty=duty.code, helper=wish.participant, keyed_at=number)
    role, names = shown_role(duty), duty.standing.names
    event = Accepted(taken.code, number, now, wish.participant, role, names, duty.public_key)
    change = answering_itself(appended(taken, event, wish.participant))
    return replace(change, duties=(duty,), queues=frozenset({taken.line}))


def shown_role(duty: Duty) -> Literal["professional", "peer"]:
    """Return the role as visitors are told it: a peer is always called one (M7)."""
    return "peer" if duty.standing.is_peer else "professional"


# --- talking --------------------------------------------------------------------------------------------------------


def say(seat: Seat, known: Mapping[str, Entry], messages: Sequence[Message], now: int) -> Change:
    """Append what is new and find again what was sent before: same id and bytes, same number.

    What is said fills the log up to its bound; what only happens (an acceptance, a key, the end) comes on top.
    """
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
    said_in = replace(conversation, state=next_state(state, Act.SAY))
    if is_full(conversation, len(entries)):
        raise LogFull
    return replace(logged(said_in, entries), result=numbers)


def is_full(conversation: Conversation, more: int) -> bool:
    """Tell whether so many entries more are too many for a conversation's log."""
    return conversation.newest + more > MAX_ENTRIES


def put_key(seat: Seat, known: Entry | None, wish: PutKey, now: int) -> Change:
    """Keep the conversation key, sealed to the public key of one event. Only the visitor's browser seals.

    The first write for an event wins. One for an older event than the newest opens for nobody: OutOfState, and the
    browser seals anew to what it will have read by then.
    """
    conversation = seat.conversation
    if not seat.is_visitor:
        raise NotYours
    if known is not None:
        kept = msgspec.json.decode(known.body, type=KeySealed)
        if (kept.recipient, kept.sealed) != (wish.recipient, wish.sealed):
            raise MessageDiffers
        return Change(result=(known.number,))
    state = next_state(conversation.state, Act.KEY)
    if wish.answers != conversation.keyed_at:
        raise OutOfState
    if wish.recipient != conversation.helper:
        raise NotYours
    event = KeySealed(conversation.code, conversation.newest + 1, now, wish.recipient, wish.sealed, wish.answers)
    return appended(replace(conversation, state=state), event, seat.participant, key_mark(wish.answers))


def key_mark(answers: int) -> str:
    """Return under which mark the key that answers an event is found in the log."""
    return f"{_KEY_ANSWERING}{answers}"
