"""What may happen to a duty, and what comes of it: values in, a `Change` or a SuojaError out. No I/O.

Who the helper is was signed by the console's session; the duty itself lives in the talks store, so that "is somebody
on duty" and "may this one accept" are answered inside the committing transaction.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from suoja.lib.errors import Unauthorised
from suoja.lib.grants import Standing
from suoja.live.endings import begin_ending, close
from suoja.live.entries import appended
from suoja.live.lifecycle import State
from suoja.live.operations import ByHelper, DutyState, RenewLease, SetAvailable, StartDuty
from suoja.live.records import NOTHING, Change, Conversation, Duty, merged
from suoja.live.requeue import requeue
from suoja.live.rules import is_full
from suoja.live.seats import epoch_for, open_duty, running, seat_of
from suoja.live.wire import Returned


def start_duty(
    known: Duty | None, held: Sequence[Conversation], wish: StartDuty, *, taken: int | None, now: int, lease_until: int
) -> Change:
    """Begin a duty, or take it up again as it stands: with a new key pair, its talks have to be sealed anew.

    `taken` is the epoch with which the page took it up before.

    Raises Unauthorised when it was ended, or is forgotten since this page had it; Superseded when a newer page has it.
    """
    duty = Duty(
        code=wish.duty,
        helper=wish.helper,
        standing=wish.standing,
        public_key=wish.public_key,
        epoch=_next_epoch(known, wish.epoch, taken),
        is_available=known is not None and known.is_available,
        lease_until=lease_until,
    )
    has_lost_key = known is not None and known.public_key != wish.public_key
    changes = [_returned(conversation, duty, now) for conversation in held if has_lost_key]
    change = merged([Change(duties=(duty,)), *changes])
    saved = {conversation.code: conversation for conversation in change.saved}
    return replace(change, result=_state_of(duty, [saved.get(one.code, one) for one in held]))


def _next_epoch(known: Duty | None, epoch: int | None, taken: int | None) -> int:
    """Return the epoch of the page that asks: a page loaded anew takes the next one, the same page keeps its own."""
    if epoch is None:
        return 1 if known is None else epoch_for(running(known).epoch, taken)
    if known is None:
        # Over and forgotten since, and not in another tab: the console ends here as with any duty that is over.
        raise Unauthorised
    return open_duty(known, epoch).epoch


def _returned(conversation: Conversation, duty: Duty, now: int) -> Change:
    """Have the visitor's browser seal anew. In a full log nothing can be said any more, so it ends instead."""
    if conversation.state is not State.ACTIVE:
        return NOTHING
    if is_full(conversation, 1):
        return begin_ending(conversation, "ended_by_service", now)
    number = conversation.newest + 1
    event = Returned(conversation.code, number, now, conversation.helper or "", duty.public_key)
    return appended(replace(conversation, keyed_at=number), event, "")  # safety 30


def lost_duties_of(wish: StartDuty, others: Iterable[Duty], now: int) -> list[Duty]:
    """Return the helper's other duties whose consoles answer no more: who signs in anew will not come back to them.

    Their visitors are then first in the queue at once, and the helper may take them on.
    """
    own = [duty for duty in others if duty.helper == wish.helper and duty.code != wish.duty]
    return [duty for duty in own if duty.lease_until <= now or duty.code in wish.silent]


def without_lease(duties: Iterable[Duty], now: int, lease_until: int) -> list[Duty]:
    """Return the duties whose lease doesn't run. One that ends later than any given now is older than the clock's hour.

    `lease_until` is when a lease given now would end.
    """
    return [duty for duty in duties if not now < duty.lease_until <= lease_until]


def set_available(known: Duty | None, held: Sequence[Conversation], wish: SetAvailable, lease_until: int) -> Change:
    """Take conversations from now on, or stop taking them; running talks go on (M13)."""
    shown = as_shown(known, wish.by, wish.standing)
    duty = replace(shown, is_available=wish.is_available, lease_until=lease_until)
    return Change(duties=(duty,), result=_state_of(duty, held))


def renew_lease(known: Duty | None, wish: RenewLease, lease_until: int) -> Change:
    """Note that the console answers."""
    return Change(duties=(replace(as_shown(known, wish.by, wish.standing), lease_until=lease_until),))


def as_shown(known: Duty | None, by: ByHelper, standing: Standing) -> Duty:
    """Return a running duty in the standing that its grant has just shown. Raises what keeps it from running."""
    return replace(open_duty(known, by.epoch), standing=standing)


def end_duty(known: Duty | None, held: Sequence[Conversation], now: int) -> Change:
    """Close a duty for good. The visitors of its running talks wait again, its ended ones lose their rows.

    An ending goes on without the helper: the visitor fetches what is left, and two minutes end it.
    """
    if known is None or known.ended_at is not None:
        return NOTHING
    over = replace(known, is_available=False, ended_at=now)
    return merged([Change(duties=(over,)), *(_let_go(known, conversation, now) for conversation in held)])


def _let_go(duty: Duty, conversation: Conversation, now: int) -> Change:
    if conversation.state is State.ENDED:
        return close(seat_of(conversation, duty, ByHelper(duty.code, duty.epoch)))
    if conversation.state is State.ENDING:
        return NOTHING
    return requeue(conversation, "helper_lost", now)


def _state_of(duty: Duty, held: Iterable[Conversation]) -> DutyState:
    return DutyState(duty.is_available, duty.epoch, tuple(held))
