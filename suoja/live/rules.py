"""What may happen to a conversation, and what comes of it: values in, a `Change` or a SuojaError out. No I/O.

The journal fetches the records inside the committing transaction, asks one of these functions, and writes what it says.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from suoja.lib.codes import ConversationCode, LineCode, ParticipantCode
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
    Unauthorised,
)
from suoja.live.lifecycle import Act, State, next_state
from suoja.live.limits import MAX_ENTRIES
from suoja.live.operations import Accept, Actor, ByHelper, ByVisitor, Open, PutKey
from suoja.live.records import NOTHING, Change, Conversation, Duty, Entry, News
from suoja.live.wire import (
    Accepted,
    ConversationOpened,
    Ended,
    EndedHow,
    Ending,
    KeySealed,
    Message,
    NumberedEvent,
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
    return any(
        duty.ended_at is None
        and duty.is_available
        and duty.lease_until > now
        and line in duty.lines
        and not (duty.is_peer and (wants_professional or not peers_may_answer))  # M22
        for duty in duties
    )


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
    return _as_answer(_appended(opened, ConversationOpened(wish.conversation, 1, now), wish.participant))


def may_take(duty: Duty, wish: Accept, held: int, *, peers_may_answer: bool) -> None:
    """Raise what keeps a duty from taking anybody on a line just now."""
    if not duty.is_available:
        raise NotOnDuty
    if wish.line not in duty.lines:
        raise NotYours
    if duty.is_peer and not peers_may_answer:  # M22
        raise NotForPeers
    if held >= duty.capacity:  # M13
        raise AtCapacity


def accept_next(duty: Duty, waiting: Sequence[Conversation], wish: Accept, now: int) -> Change:
    """Give a duty the first waiting visitor that it may take; call `may_take` before. Raises NobodyWaiting."""
    first = next((one for one in waiting if not (duty.is_peer and one.wants_professional)), None)
    if first is None:
        raise NobodyWaiting
    taken = replace(first, state=next_state(first.state, Act.ACCEPT), duty=duty.code, helper=wish.participant)
    event = Accepted(taken.code, taken.newest + 1, now, wish.participant, shown_role(duty), duty.names, duty.public_key)
    return replace(_as_answer(_appended(taken, event, wish.participant)), queues=frozenset({taken.line}))


def shown_role(duty: Duty) -> Literal["professional", "peer"]:
    """Return the role as visitors are told it: a peer is always called one (M7)."""
    return "peer" if duty.is_peer else "professional"


# --- talking --------------------------------------------------------------------------------------------------------


def say(seat: Seat, known: Mapping[str, Entry], messages: Sequence[Message], now: int) -> Change:
    """Append what is new and find again what was sent before: same id and bytes, same number."""
    state, conversation = seat.conversation.state, seat.conversation
    found, entries = dict(known), list[Entry]()
    for message in messages:
        if message.id not in found:
            number = conversation.newest + len(entries) + 1
            said = Said(conversation.code, number, now, seat.participant, message.id, message.sealed)
            entries.append(_entry(said, seat.participant, message.id))
            found[message.id] = entries[-1]
        elif msgspec.json.decode(found[message.id].body, type=Said).sealed != message.sealed:
            raise MessageDiffers
    numbers = tuple(found[message.id].number for message in messages)
    if not entries:
        return Change(result=numbers)
    return replace(_logged(replace(conversation, state=next_state(state, Act.SAY)), entries), result=numbers)


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
    return _appended(replace(conversation, state=state), event, seat.participant, key_mark(wish.recipient))


def key_mark(recipient: ParticipantCode) -> str:
    """Return under which mark a recipient's key is found in the log."""
    return _KEY_FOR + recipient


# --- ending ---------------------------------------------------------------------------------------------------------


def end(seat: Seat, now: int) -> Change:
    """End a talk, or take a visitor out of the queue. Sent again, it answers the same number."""
    if next_state(seat.conversation.state, Act.END) is State.ABSENT:
        left = _destroyed(seat.conversation, "visitor_left_queue", now, Act.END)
        return replace(left, result=(seat.conversation.newest + 1,))
    return begin_ending(seat.conversation, "visitor_ended" if seat.is_visitor else "helper_ended", now)


def begin_ending(conversation: Conversation, how: EndedHow, now: int) -> Change:
    """Accept nothing new from here on. Both sides now have a little time to fetch what is left."""
    if conversation.state is State.ENDING:
        return Change(result=(conversation.newest,))
    ending = replace(conversation, state=next_state(conversation.state, Act.END), ending_at=now, how=how)
    return _appended(ending, Ending(ending.code, ending.newest + 1, now, how), "")


def confirm(seat: Seat, position: int, now: int, *, may_close: bool) -> Change:
    """Note how far one side has come; finish when both have everything. Means nothing before the ending."""
    conversation = seat.conversation
    if conversation.state is not State.ENDING:
        return NOTHING
    if seat.is_visitor:
        confirmed = replace(conversation, visitor_position=max(position, conversation.visitor_position))
    else:
        confirmed = replace(conversation, helper_position=max(position, conversation.helper_position))
    if min(confirmed.visitor_position, confirmed.helper_position) >= conversation.newest:
        return finish(confirmed, now, may_close=may_close)
    return NOTHING if confirmed == conversation else Change(saved=(confirmed,))


def finish(conversation: Conversation, now: int, *, may_close: bool) -> Change:
    """Destroy what was said and the keys to it."""
    next_state(conversation.state, Act.FINISH)
    return _destroyed(conversation, "ended_by_service", now, Act.FINISH, may_close=may_close)


def leave_quickly(seat: Seat, now: int, *, may_close: bool) -> Change:
    """The quick exit: destroy at once, whatever state it is in."""
    if seat.conversation.state is State.ENDED:
        return NOTHING
    return _destroyed(seat.conversation, "left_quickly", now, Act.EXIT, may_close=may_close)


def close(seat: Seat) -> Change:
    """Let the row go: the helper has read for the last time."""
    next_state(seat.conversation.state, Act.CLOSE)
    return Change(removed=(seat.conversation.code,))


def expire(conversation: Conversation, now: int) -> Change:
    """Let go of what has stood for a day, in whatever state."""
    if conversation.state is State.ENDED:
        return Change(removed=(conversation.code,))
    return _destroyed(conversation, "ended_by_service", now, Act.EXPIRE)


def _destroyed(conversation: Conversation, how: EndedHow, now: int, act: Act, *, may_close: bool = False) -> Change:
    """Destroy contents and keys, tell both sides; the bare row stays only for a helper who may still close it."""
    state = next_state(conversation.state, act)
    ended = replace(
        conversation,
        state=State.ENDED,
        newest=conversation.newest + 1,
        half_key=None,
        ended_at=now,
        how=conversation.how or how,
    )
    event = Ended(ended.code, ended.newest, now, ended.how or how)
    stays = state is State.ENDED and may_close
    return Change(
        saved=(ended,) if stays else (),
        emptied=(ended.code,),
        removed=() if stays else (ended.code,),
        news=(_news(ended, ended.newest, msgspec.json.encode(event)),),
        queues=frozenset({ended.line}) if conversation.state is State.WAITING else frozenset(),
    )


# --- the log --------------------------------------------------------------------------------------------------------


def _appended(conversation: Conversation, event: NumberedEvent, sender: str, message: str = "") -> Change:
    return _logged(conversation, [_entry(event, sender, message)])


def _logged(conversation: Conversation, entries: Sequence[Entry]) -> Change:
    """Append to the log: the numbers are gap-free because the record that they continue is locked with them."""
    newest = conversation.newest + len(entries)
    if newest > MAX_ENTRIES and conversation.state is State.ACTIVE:
        raise LogFull
    saved = replace(conversation, newest=newest)
    return Change(
        result=tuple(entry.number for entry in entries),
        saved=(saved,),
        appended=tuple(entries),
        news=tuple(_news(saved, entry.number, entry.body) for entry in entries),
        queues=frozenset({saved.line}) if saved.state is State.WAITING else frozenset(),
    )


def _as_answer(change: Change) -> Change:
    return replace(change, result=change.saved[0])


def _entry(event: NumberedEvent, sender: str, message: str) -> Entry:
    return Entry(ConversationCode(event.conversation), event.number, sender, message, msgspec.json.encode(event))


def _news(conversation: Conversation, number: int, body: bytes) -> News:
    return News(conversation.code, conversation.duty, number, conversation.state, body)
