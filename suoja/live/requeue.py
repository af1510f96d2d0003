"""How a talk without a helper waits again: before all who have only waited, with its log and its key. No I/O.

docs/decisions/0016-requeue.md says why it is not ended.
"""

from msgspec.structs import replace

from suoja.lib.errors import VisitorPresent
from suoja.live.entries import appended
from suoja.live.lifecycle import Act, next_state
from suoja.live.records import Change, Conversation
from suoja.live.seats import Seat
from suoja.live.wire import Requeued, RequeuedWhy


def requeue(conversation: Conversation, why: RequeuedWhy, now: int) -> Change:
    """Put a talk to the front of its queue. Who has lost it is told too, and holds it no more."""
    state, number = next_state(conversation.state, Act.REQUEUE), conversation.newest + 1
    waiting = replace(conversation, state=state, duty=None, helper=None, queued_at=now, is_first=True)  # safety 30
    change = appended(waiting, Requeued(waiting.code, number, now, why), "")
    return replace(change, news=tuple(replace(news, duty=conversation.duty) for news in change.news))


def park(seat: Seat, away_for: float, park_after: float, now: int) -> Change:
    """Put a talk back whose visitor has been away for long: the helper is free for others, the place is kept.

    Raises VisitorPresent when they have not been away for `park_after` seconds.
    """
    next_state(seat.conversation.state, Act.REQUEUE)
    if away_for < park_after:
        raise VisitorPresent
    return requeue(seat.conversation, "parked", now)
