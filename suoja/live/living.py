"""What lives, in memory: every conversation and duty as it was committed last, for what is asked too often for a disk.

Loaded from the journal before the first request, and kept by each committed change in the order of the commits, on the
event loop. Whatever changes something is still decided inside the transaction that commits it; here are answered who
writes, who waits at which place, and which page has a seat: what a stream needs, for 10,000 that come back at once.
"""

import itertools
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from msgspec import Struct

from suoja.lib.codes import ConversationCode, DutyCode, HelperCode, LineCode
from suoja.live.decisions import seat_in
from suoja.live.lifecycle import State
from suoja.live.limits import SWEPT_AT_ONCE
from suoja.live.operations import Actor
from suoja.live.records import Change, Conversation, Duty
from suoja.live.seats import Seat
from suoja.live.storage import Cutoffs, is_old

Place = tuple[bool, int, int, ConversationCode]
"""What a queue is ordered by: those put back first, then since when, then in the order of coming."""


class Moved(Struct, frozen=True):
    """A conversation that has begun, gone, or changed its state, its helper or its visitor's page. None: not living."""

    code: ConversationCode
    before: Conversation | None
    after: Conversation | None


class DutyMoved(Struct, frozen=True):
    """A duty that has begun, ended, or was taken up by another page. None: not running."""

    code: DutyCode
    before: Duty | None
    after: Duty | None


class Living:
    """Conversations by code, by duty and in their queues; duties by code."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._conversations: dict[ConversationCode, Conversation] = {}
        self._orders: dict[ConversationCode, int] = {}
        self._held: dict[DutyCode, dict[ConversationCode, None]] = {}
        self._queues: dict[LineCode, list[Place]] = {}
        self._duties: dict[DutyCode, Duty] = {}
        self._next_order = itertools.count()

    # --- asking ---------------------------------------------------------------------------------------------------

    def conversation(self, code: ConversationCode) -> Conversation | None:
        """Return a conversation; an ended one while a helper may still close it."""
        return self._conversations.get(code)

    def conversations(self) -> Iterator[Conversation]:
        """Return all of them."""
        return iter(self._conversations.values())

    def duty(self, code: DutyCode) -> Duty | None:
        """Return a duty; one that has ended while its grants may still be shown."""
        return self._duties.get(code)

    def duties(self) -> Iterator[Duty]:
        """Return those that are not over."""
        return (duty for duty in self._duties.values() if duty.ended_at is None)

    def duties_of(self, helper: HelperCode) -> list[DutyCode]:
        """Return the duties of one helper that are not over."""
        return [duty.code for duty in self.duties() if duty.helper == helper]

    def held_by(self, duty: DutyCode) -> list[Conversation]:
        """Return the conversations that a duty holds, in the order of taking them; ended ones too."""
        return [self._conversations[code] for code in self._held.get(duty, ())]

    def waiting(self, line: LineCode) -> Iterator[Conversation]:
        """Return who waits on a line, in the order of the queue. Read as far as is asked."""
        return (self._conversations[code] for *_, code in self._queues.get(line, ()))

    def place(self, conversation: Conversation) -> int:
        """Return the place of one who waits in the queue: 1 is next."""
        return bisect_left(self._queues[conversation.line], self._place(conversation)) + 1

    def overdue(self, before: Cutoffs) -> list[Conversation]:
        """Return what a sweep has ended by now, or another process: a part of it, the rest comes with the next."""
        due = (one for one in self._conversations.values() if _is_overdue(one, before))
        return list(itertools.islice(due, SWEPT_AT_ONCE))

    def seat(self, code: ConversationCode, by: Actor) -> Seat:
        """Return the actor's seat in a conversation. Raises what tells them that they have none, or have lost it."""
        return seat_in(self, code, by)

    # --- keeping --------------------------------------------------------------------------------------------------

    def load(self, conversations: Iterable[Conversation], duties: Iterable[Duty]) -> None:
        """Take what the journal holds, in the order in which it gives it."""
        for conversation in conversations:
            self._save(conversation)
        for duty in duties:
            self._duties[duty.code] = duty

    def apply(self, change: Change) -> Iterator[Moved | DutyMoved]:
        """Take a committed change; give what has moved by it. To be read to its end."""
        for conversation in change.saved:
            before = self._conversations.get(conversation.code)
            self._save(conversation)
            if before is None or _has_moved(before, conversation):
                yield Moved(conversation.code, _alive(before), _alive(conversation))
        for code in change.removed:
            if (gone := self.drop(code)) is not None:
                yield gone
        for duty in change.duties:
            known = self._duties.get(duty.code)
            self._duties[duty.code] = duty
            if known is None or (known.epoch, known.ended_at) != (duty.epoch, duty.ended_at):
                yield DutyMoved(duty.code, _running(known), _running(duty))
        for duty_code in change.removed_duties:
            self._duties.pop(duty_code, None)
            self._held.pop(duty_code, None)

    def drop(self, code: ConversationCode) -> Moved | None:
        """Let go of a conversation that is no more; tell of it if it had not ended before."""
        gone = self._conversations.pop(code, None)
        if gone is None:
            return None
        self._unlist(gone)
        del self._orders[code]
        return Moved(code, gone, None) if _alive(gone) else None

    def forget_duties(self, before: int) -> None:
        """Let go of duties that ended before an instant, whose rows another process may have removed."""
        ended = [duty.code for duty in self._duties.values() if duty.ended_at is not None and duty.ended_at < before]
        for code in ended:
            self._duties.pop(code)
            self._held.pop(code, None)

    def _save(self, conversation: Conversation) -> None:
        known = self._conversations.get(conversation.code)
        self._conversations[conversation.code] = conversation
        if known is not None and not _has_moved(known, conversation):
            return
        if known is None:
            self._orders[conversation.code] = next(self._next_order)
        else:
            self._unlist(known)
        if conversation.state is State.WAITING:
            insort(self._queues.setdefault(conversation.line, []), self._place(conversation))
        if conversation.duty is not None:
            self._held.setdefault(conversation.duty, {})[conversation.code] = None

    def _unlist(self, conversation: Conversation) -> None:
        if conversation.state is State.WAITING:
            queue = self._queues[conversation.line]
            del queue[bisect_left(queue, self._place(conversation))]
        if conversation.duty is not None:
            self._held.get(conversation.duty, {}).pop(conversation.code, None)

    def _place(self, conversation: Conversation) -> Place:
        order = self._orders[conversation.code]
        return (not conversation.is_first, conversation.queued_at, order, conversation.code)


def _is_overdue(conversation: Conversation, before: Cutoffs) -> bool:
    is_ending = conversation.state is State.ENDING
    return (is_ending and (conversation.ending_at or 0) < before.ending_at) or is_old(conversation, before)


def _has_moved(before: Conversation, after: Conversation) -> bool:
    """Tell whether more has changed than how long the log is and how far the two have read."""
    return (
        before.state is not after.state
        or before.duty != after.duty
        or before.visitor_epoch != after.visitor_epoch
        or before.queued_at != after.queued_at
    )


def _alive(conversation: Conversation | None) -> Conversation | None:
    return None if conversation is None or conversation.state is State.ENDED else conversation


def _running(duty: Duty | None) -> Duty | None:
    return None if duty is None or duty.ended_at is not None else duty
