"""What may happen to a duty, and what comes of it: values in, a `Change` or a SuojaError out. No I/O.

Who the helper is was signed by the console's session; the duty itself lives in the talks store, so that "is somebody
on duty" and "may this one accept" are answered inside the committing transaction.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from suoja.lib.codes import DutyCode, HelperCode
from suoja.lib.grants import Standing
from suoja.live.endings import begin_ending, close
from suoja.live.lifecycle import State
from suoja.live.operations import ByHelper, DutyState, RenewLease, SetAvailable, StartDuty
from suoja.live.records import NOTHING, Change, Conversation, Duty, merged
from suoja.live.rules import open_duty, seat_of


def start_duty(known: Duty | None, held: Sequence[Conversation], wish: StartDuty, lease_until: int) -> Change:
    """Begin a duty, or take it up again as it stands. Raises Unauthorised when it was ended."""
    is_available = known is not None and open_duty(known).is_available
    duty = Duty(
        code=wish.duty,
        helper=wish.helper,
        standing=wish.standing,
        public_key=wish.public_key,
        is_available=is_available,
        lease_until=lease_until,
    )
    return Change(duties=(duty,), result=DutyState(is_available, tuple(held)))


def lost_duties_of(helper: HelperCode, new: DutyCode, running: Iterable[Duty], now: int) -> list[Duty]:
    """Return the helper's other duties whose consoles answer no more: who signs in anew will not come back to them.

    Their talks then end at once, and the visitors are told, instead of waiting out the absence limit.
    """
    return [duty for duty in running if duty.helper == helper and duty.code != new and duty.lease_until <= now]


def set_available(known: Duty | None, held: Sequence[Conversation], wish: SetAvailable, lease_until: int) -> Change:
    """Take conversations from now on, or stop taking them; running talks go on (M13)."""
    duty = replace(as_shown(known, wish.standing), is_available=wish.is_available, lease_until=lease_until)
    return Change(duties=(duty,), result=DutyState(wish.is_available, tuple(held)))


def renew_lease(known: Duty | None, wish: RenewLease, lease_until: int) -> Change:
    """Note that the console answers."""
    return Change(duties=(replace(as_shown(known, wish.standing), lease_until=lease_until),))


def as_shown(known: Duty | None, standing: Standing) -> Duty:
    """Return a running duty in the standing that its grant has just shown. Raises what keeps it from running."""
    return replace(open_duty(known), standing=standing)


def end_duty(known: Duty | None, held: Sequence[Conversation], now: int) -> Change:
    """Close a duty for good. Its running talks end by the service, its ended ones lose their rows."""
    if known is None or known.ended_at is not None:
        return NOTHING
    over = replace(known, is_available=False, ended_at=now)
    return merged([Change(duties=(over,)), *(_let_go(known, conversation, now) for conversation in held)])


def _let_go(duty: Duty, conversation: Conversation, now: int) -> Change:
    if conversation.state is State.ENDED:
        return close(seat_of(conversation, duty, ByHelper(duty.code)))
    return begin_ending(conversation, "ended_by_service", now)
