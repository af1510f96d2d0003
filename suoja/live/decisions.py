"""Which records each operation needs, and which rule decides it: the table between the journal and the rules.

Everything here only reads. What is decided is written by the journal, in the same transaction.
"""

from collections.abc import Callable, Container, Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct

from suoja.lib.clock import milliseconds
from suoja.lib.codes import ConversationCode, DutyCode, LineCode
from suoja.lib.errors import ConversationGone, UnknownLine
from suoja.lib.grants import Standing
from suoja.live import duties, endings, operations, requeue, rules, seats
from suoja.live.lifecycle import State
from suoja.live.limits import Limits
from suoja.live.operations import Operation
from suoja.live.pages import Pages
from suoja.live.records import Change, Conversation, Duty, merged
from suoja.live.storage import Due, Records, Storage

LineRule = Callable[[str, datetime], tuple[str | None, bool]]
"""(line, now) → (why a visitor can't enter, or None; whether peers may answer). Raises UnknownLine."""


def lines_heard(line_rule: LineRule, now: datetime, standing: Standing) -> list[LineCode]:
    """Return on which lines a helper may hear who waits: a peer on none that is not for peers (M22), ever."""
    return [line for line in standing.lines if not standing.is_peer or line_rule(line, now)[1]]


class At(Struct, frozen=True):
    """Where and when a decision is taken. `gone` are conversations of which nothing is left since a short while."""

    storage: Storage
    line_rule: LineRule
    limits: Limits
    now: datetime
    pages: Pages
    gone: Container[ConversationCode] = frozenset()

    @property
    def instant(self) -> int:
        """Now, in ms."""
        return milliseconds(self.now)

    @property
    def lease_until(self) -> int:
        """Until when a console that answers now counts as answering."""
        return self.instant + round(self.limits.lease_lasts * 1000)

    def seat(self, code: ConversationCode, by: operations.Actor) -> seats.Seat:
        """Return the actor's seat in a conversation; raises what tells them that they have none."""
        return seat_in(self.storage, code, by)

    def may_close(self, conversation: Conversation) -> bool:
        """Tell whether a helper is there to close the row: nobody else needs it."""
        duty = self.storage.duty(conversation.duty) if conversation.duty else None
        return duty is not None and duty.ended_at is None


def seat_in(records: Records, code: ConversationCode, by: operations.Actor) -> seats.Seat:
    """Return the actor's seat as these records know it. Raises what tells them that they have none."""
    duty = records.duty(by.duty) if isinstance(by, operations.ByHelper) else None
    return seats.seat_of(records.conversation(code), duty, by)


# --- operations that only time gives --------------------------------------------------------------------------------


class Finish(Operation[None], frozen=True):
    """The two minutes of an ending are over."""

    conversation: ConversationCode


class Expire(Operation[None], frozen=True):
    """A row has stood for a day."""

    conversation: ConversationCode


class ForgetDuty(Operation[None], frozen=True):
    """The last grant given for an ended duty has expired."""

    duty: DutyCode


def overdue(due: Due) -> Iterator[Operation[Any]]:
    """Return the operations for what is due; lost duties first, so that their talks still get their ending."""
    yield from (operations.EndDuty(code) for code in due.lost_duties)
    yield from (Finish(code) for code in due.to_finish)
    yield from (Expire(code) for code in due.to_expire)
    yield from (ForgetDuty(code) for code in due.old_duties)


# --- deciding -------------------------------------------------------------------------------------------------------


def decide(operation: Operation[Any], at: At) -> Change:
    """Return what an operation changes. Raises the SuojaError that refuses it."""
    return _DECIDED_BY[type(operation)](operation, at)


def _open(wish: operations.Open, at: At) -> Change:
    # Asked again: the line may have closed since the visitor entered.
    if (known := at.storage.conversation(wish.conversation)) is not None:
        return rules.opened_before(known, wish)
    # A request that was held up on its way must not open anew what its visitor has left since.
    if wish.conversation in at.gone:
        raise ConversationGone
    refusal, peers_may_answer = at.line_rule(wish.line, at.now)
    is_staffed = rules.is_answered(
        wish.line,
        [duty for duty in at.storage.running_duties() if duty.code not in wish.revoked],
        at.instant,
        wants_professional=wish.wants_professional,
        peers_may_answer=peers_may_answer,
    )
    return rules.open_conversation(wish, refusal, at.instant, is_staffed=is_staffed)


def _resume(wish: operations.Resume, at: At) -> Change:
    seat = seats.visitors_seat(at.storage.conversation(wish.conversation), wish.participant)
    return seats.resume(seat, at.pages.epoch_of(wish.conversation, wish.page))


def _accept(wish: operations.Accept, at: At) -> Change:
    known = at.storage.duty(wish.by.duty)
    duty = duties.as_shown(known, wish.by, wish.standing)
    _, given_back = _held_in(wish.standing, known, at)
    _, peers_may_answer = at.line_rule(wish.line, at.now)
    held = at.storage.count_active(duty.helper) - len(given_back)
    rules.may_take(duty, wish, held, peers_may_answer=peers_may_answer)
    accepted = rules.accept_next(duty, at.storage.waiting(wish.line), wish, at.instant)
    return merged([accepted, *given_back], result=accepted.result)


def _put_key(wish: operations.PutKey, at: At) -> Change:
    seat = at.seat(wish.conversation, wish.by)
    mark = rules.key_mark(wish.answers)
    known = at.storage.sent(wish.conversation, seat.participant, [mark])
    return rules.put_key(seat, known.get(mark), wish, at.instant)


def _say(wish: operations.Say, at: At) -> Change:
    seat = at.seat(wish.conversation, wish.by)
    known = at.storage.sent(wish.conversation, seat.participant, [message.id for message in wish.messages])
    return rules.say(seat, known, wish.messages, at.instant)


def _end(wish: operations.End, at: At) -> Change:
    return endings.end(at.seat(wish.conversation, wish.by), at.instant)


def _end_absent(wish: operations.EndAbsent, at: At) -> Change:
    return endings.lose(_standing(wish.conversation, at), at.instant)


def _park(wish: operations.Park, at: At) -> Change:
    return requeue.park(at.seat(wish.conversation, wish.by), wish.away_for, at.limits.park_after, at.instant)


def _exit(wish: operations.Exit, at: At) -> Change:
    # From any page: whoever leaves can't be asked whether theirs is the newest.
    seat = seats.visitors_seat(at.storage.conversation(wish.conversation), wish.participant)
    return endings.leave_quickly(seat, at.instant, may_close=at.may_close(seat.conversation))


def _confirm(wish: operations.Confirm, at: At) -> Change:
    seat = at.seat(wish.conversation, wish.by)
    return endings.confirm(seat, wish.position, at.instant, may_close=at.may_close(seat.conversation))


def _close(wish: operations.Close, at: At) -> Change:
    return endings.close(at.seat(wish.conversation, wish.by))


def _start_duty(wish: operations.StartDuty, at: At) -> Change:
    known = at.storage.duty(wish.duty)
    held, given_back = _held_in(wish.standing, known, at)
    taken = at.pages.epoch_of(wish.duty, wish.page)
    started = duties.start_duty(known, held, wish, taken=taken, now=at.instant, lease_until=at.lease_until)
    lost = duties.lost_duties_of(wish, at.storage.running_duties(), at.instant)
    ended = [duties.end_duty(duty, at.storage.held_by(duty.code), at.instant) for duty in lost]
    return merged([started, *given_back, *ended], result=started.result)


def _set_available(wish: operations.SetAvailable, at: At) -> Change:
    known = at.storage.duty(wish.by.duty)
    held, given_back = _held_in(wish.standing, known, at)
    change = duties.set_available(known, held, wish, at.lease_until)
    return merged([change, *given_back], result=change.result)


def _renew_lease(wish: operations.RenewLease, at: At) -> Change:
    known = at.storage.duty(wish.by.duty)
    renewed = duties.renew_lease(known, wish, at.lease_until)
    return merged([renewed, *_held_in(wish.standing, known, at)[1]])


def _held_in(standing: Standing, known: Duty | None, at: At) -> tuple[list[Conversation], list[Change]]:
    """Return what a duty holds in the standing just shown, and how what it may hold no more is given back.

    Who was made a peer, or has lost a line, is in no talk any more that they could not have taken.  # M22
    """
    held = [] if known is None else at.storage.held_by(known.code)
    if known is None or known.standing == standing:
        return held, []
    kept = [one for one in held if one.state is not State.ACTIVE or _may_hold(standing, one, at)]
    codes = {one.code for one in kept}
    lost = [one for one in held if one.code not in codes]
    return kept, [requeue.requeue(one, "helper_lost", at.instant) for one in lost]


def _may_hold(standing: Standing, conversation: Conversation, at: At) -> bool:
    try:
        # Of a peer alone it matters what the line says.
        peers_may_answer = standing.is_peer and at.line_rule(conversation.line, at.now)[1]
    except UnknownLine:
        return False
    return rules.may_hold(standing, conversation, peers_may_answer=peers_may_answer)


def _end_duty(wish: operations.EndDuty, at: At) -> Change:
    known = at.storage.duty(wish.duty)
    if wish.epoch is not None:
        seats.open_duty(known, wish.epoch)
    return duties.end_duty(known, at.storage.held_by(wish.duty), at.instant)


def _finish(wish: Finish, at: At) -> Change:
    conversation = _standing(wish.conversation, at)
    return endings.finish(conversation, at.instant, may_close=at.may_close(conversation))


def _expire(wish: Expire, at: At) -> Change:
    return endings.expire(_standing(wish.conversation, at), at.instant)


def _catch_up(wish: operations.CatchUp, at: At) -> Change:
    return endings.catch_up(wish.known, at.storage.conversation(wish.known.code), at.instant)


def _forget_duty(wish: ForgetDuty, _at: At) -> Change:
    return Change(removed_duties=(wish.duty,))


def _standing(code: ConversationCode, at: At) -> Conversation:
    conversation = at.storage.conversation(code)
    if conversation is None:
        raise ConversationGone
    return conversation


_DECIDED_BY: dict[type[Operation[Any]], Callable[[Any, At], Change]] = {
    operations.Open: _open,
    operations.Resume: _resume,
    operations.Accept: _accept,
    operations.PutKey: _put_key,
    operations.Say: _say,
    operations.End: _end,
    operations.EndAbsent: _end_absent,
    operations.Park: _park,
    operations.Exit: _exit,
    operations.Confirm: _confirm,
    operations.Close: _close,
    operations.StartDuty: _start_duty,
    operations.SetAvailable: _set_available,
    operations.RenewLease: _renew_lease,
    operations.EndDuty: _end_duty,
    operations.CatchUp: _catch_up,
    Finish: _finish,
    Expire: _expire,
    ForgetDuty: _forget_duty,
}
