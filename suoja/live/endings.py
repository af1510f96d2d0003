"""How a conversation ends, and what is left of it: nothing. Values in, a `Change` or a SuojaError out. No I/O."""

import msgspec
from msgspec.structs import replace

from suoja.lib.errors import ConversationGone
from suoja.live.entries import appended, news_of
from suoja.live.lifecycle import Act, State, next_state
from suoja.live.records import NOTHING, Change, Conversation
from suoja.live.seats import Seat
from suoja.live.wire import Ended, EndedHow, Ending


def end(seat: Seat, now: int) -> Change:
    """End a talk, or take a visitor out of the queue. Sent again, it answers the same number."""
    if next_state(seat.conversation.state, Act.END) is State.ABSENT:
        left = _destroyed(seat.conversation, "visitor_left_queue", now, Act.END)
        return replace(left, result=(seat.conversation.newest + 1,))
    return begin_ending(seat.conversation, "visitor_ended" if seat.is_visitor else "helper_ended", now)


def lose(conversation: Conversation, now: int) -> Change:
    """Wait no longer for a visitor: their talk ends, or their place in the queue is given up."""
    if next_state(conversation.state, Act.LOSE) is State.ABSENT:
        return _destroyed(conversation, "visitor_lost", now, Act.LOSE)
    return replace(begin_ending(conversation, "visitor_lost", now), result=None)


def begin_ending(conversation: Conversation, how: EndedHow, now: int) -> Change:
    """Accept nothing new from here on. Both sides now have a little time to fetch what is left."""
    if conversation.state is State.ENDING:
        return Change(result=(conversation.newest,))
    ending = replace(conversation, state=next_state(conversation.state, Act.END), ending_at=now, how=how)
    return appended(ending, Ending(ending.code, ending.newest + 1, now, how), "")


def confirm(seat: Seat, position: int, now: int, *, may_close: bool) -> Change:
    """Note how far one side has come; finish when both have everything. Means nothing before the ending."""
    conversation = seat.conversation
    if conversation.state is State.ENDED and seat.is_visitor:
        raise ConversationGone
    if conversation.state is not State.ENDING:
        return NOTHING
    # Nobody has come further than the log: a made-up number is neither stored nor believed beyond it.
    reached = min(position, conversation.newest)
    if seat.is_visitor:
        confirmed = replace(conversation, visitor_position=max(reached, conversation.visitor_position))
    else:
        confirmed = replace(conversation, helper_position=max(reached, conversation.helper_position))
    if min(confirmed.visitor_position, confirmed.helper_position) >= conversation.newest:
        return finish(confirmed, now, may_close=may_close)
    return NOTHING if confirmed == conversation else Change(saved=(confirmed,))


def finish(conversation: Conversation, now: int, *, may_close: bool) -> Change:
    """Destroy what was said and the keys to it."""
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


def ended_event(conversation: Conversation) -> bytes:
    """The last event, made anew from the row: who missed the push still learns how it ended."""
    how = conversation.how or "ended_by_service"
    return msgspec.json.encode(Ended(conversation.code, conversation.newest, conversation.ended_at or 0, how))


def catch_up(known: Conversation, row: Conversation | None, now: int) -> Change:
    """Tell of an end that another process has brought about: the contents are gone, and the row perhaps with them."""
    if row is None:
        return expire(known, now)
    if row.state is not State.ENDED or known.state is State.ENDED:
        return NOTHING
    queues = frozenset({row.line}) if known.state is State.WAITING else frozenset()
    return Change(saved=(row,), news=(news_of(row, ended_event(row)),), queues=queues)


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
        news=(news_of(ended, msgspec.json.encode(event)),),
        queues=frozenset({ended.line}) if conversation.state is State.WAITING else frozenset(),
    )
