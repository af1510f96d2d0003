"""The journal: what a durable ordered log of conversations does, once, over any storage.

`Journal.apply` runs a batch of operations in one transaction: fetch the records, ask the rules, write the change. A
refused operation writes nothing and disturbs no other; a storage that can't commit fails the whole batch. Storages are
plain: suoja/live/memory.py keeps dicts, suoja/conversations/journal.py speaks SQL, and one test body runs against both.
"""

import logging
from collections.abc import Container, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from suoja.lib.clock import milliseconds
from suoja.lib.codes import ConversationCode, DutyCode, LineCode
from suoja.lib.errors import ConversationGone, SuojaError, Unavailable
from suoja.live.decisions import At, LineRule, decide, overdue, seat_in
from suoja.live.duties import without_lease
from suoja.live.endings import ended_event
from suoja.live.lifecycle import State
from suoja.live.limits import GONE_KEPT, SWEPT_AT_ONCE, Limits
from suoja.live.operations import Actor, Operation, Sweep
from suoja.live.pages import Pages
from suoja.live.records import Change, Conversation, Duty, merged
from suoja.live.seats import Seat
from suoja.live.storage import Storage, cutoffs

log = logging.getLogger(__name__)


class Outcome(Struct, frozen=True):
    """What came of one operation: a committed change or the error that refused it."""

    change: Change | None = None
    error: SuojaError | None = None


class Reading(Struct, frozen=True):
    """A conversation and a part of its log."""

    conversation: Conversation
    bodies: Sequence[bytes]


class Journal:
    """The journal over one storage. `apply` and `settle` are the writer's; the reads may come from any thread."""

    def __init__(self, storage: Storage, line_rule: LineRule, limits: Limits | None = None) -> None:
        """Join the storage and the rule that says which lines let visitors in."""
        self._storage = storage
        self.line_rule = line_rule
        self._limits = limits or Limits()
        # Of an earlier run, perhaps.
        self._has_leftovers = True  # outside the tables
        self._has_fragments = True  # within them
        self._is_time_to_settle = self._is_time_to_compact = False
        self._gone: dict[ConversationCode, None] = {}
        self._pages = Pages()

    def apply(self, operations: Sequence[Operation[Any]], now: datetime) -> list[Outcome]:
        """Commit what can be done of a batch, in order, in one transaction; one outcome each.

        Whatever the storage raises means that nothing was committed.
        """
        with self._storage.transaction():
            outcomes = [self._outcome(operation, now) for operation in operations]
        has_deleted = any(outcome.change is not None and outcome.change.deletes for outcome in outcomes)
        self._has_leftovers |= has_deleted
        self._has_fragments |= has_deleted
        # While readers keep it from succeeding it is tried with each sweep, not with each message.
        self._is_time_to_compact = any(isinstance(operation, Sweep) for operation in operations)
        self._is_time_to_settle = has_deleted or self._is_time_to_compact
        return outcomes

    def settle(self) -> bool:
        """After a commit: remove what deletion left. Tells whether nothing is left of it anywhere (M12).

        What lies outside the tables goes after each deletion. Within them, copies of what was moved can lie in pages
        that other talks still use: those go with the first sweep that finds no log alive.
        """
        if self._has_fragments and self._is_time_to_compact and self._storage.compact():
            self._has_fragments = self._has_leftovers = False
        if self._has_leftovers and self._is_time_to_settle:
            self._has_leftovers = not self._storage.scrub()
        return not (self._has_leftovers or self._has_fragments)

    # --- reading --------------------------------------------------------------------------------------------------

    def read(self, code: ConversationCode, after: int, limit: int) -> Reading:
        """Return a conversation and its entries after a number. Raises ConversationGone."""
        bodies = self._storage.entries(code, after, limit)
        # The row is read second: its newest number is then never smaller than that of an entry just read.
        conversation = self._storage.conversation(code)
        if conversation is None:
            raise ConversationGone
        if conversation.state is State.ENDED:
            bodies = [ended_event(conversation)] if after < conversation.newest else []
        return Reading(conversation, bodies)

    def seat(self, code: ConversationCode, by: Actor) -> Seat:
        """Return the actor's seat in a conversation as last committed. Raises what tells them that they have none."""
        return seat_in(self._storage, code, by)

    def living(self) -> list[Conversation]:
        """Return every conversation that has not ended, in the order of the queues."""
        return self._storage.living()

    def running_duties(self) -> list[Duty]:
        """Return every duty that is not over."""
        return self._storage.running_duties()

    def held_by(self, duty: DutyCode) -> list[Conversation]:
        """Return the conversations that a duty holds."""
        return self._storage.held_by(duty)

    def duty(self, code: DutyCode) -> Duty | None:
        """Return a duty's row."""
        return self._storage.duty(code)

    def waiting(self, line: LineCode) -> list[Conversation]:
        """Return who waits on a line, in the order of the queue."""
        return list(self._storage.waiting(line))

    def close(self) -> None:
        """Let go of what the calling thread holds open."""
        self._storage.close()

    # --- one operation --------------------------------------------------------------------------------------------

    def _outcome(self, operation: Operation[Any], now: datetime) -> Outcome:
        if isinstance(operation, Sweep):
            return self._swept(operation, now)
        try:
            change = decide(operation, At(self._storage, self.line_rule, self._limits, now, self._pages, self._gone))
        except SuojaError as error:
            return Outcome(error=error)
        except Exception:  # One broken operation must not take the others' messages with it.
            log.exception("operation_failed")
            return Outcome(error=Unavailable())
        # Outside of the try: a write that fails leaves the batch half done, so all of it goes; the writer tries again.
        self._storage.write(change)
        self._note_gone(change.removed)
        self._pages.follow(operation, change)
        return Outcome(change=change)

    def _note_gone(self, codes: Sequence[ConversationCode]) -> None:
        """Remember for a while what has gone. A batch that fails leaves its rows, and a row is asked before this."""
        self._gone |= dict.fromkeys(codes)
        while len(self._gone) > GONE_KEPT:
            self._gone.pop(next(iter(self._gone)))

    def _swept(self, sweep: Sweep, now: datetime) -> Outcome:
        """Take what is due one by one, each by the state that the one before left."""
        due = self._storage.due(cutoffs(now, self._limits))
        if sweep.lost is not None:
            due = replace(due, lost_duties=self._lost(sweep.lost, now))
        outcomes = [self._outcome(operation, now) for operation in overdue(due)]
        changes = [outcome.change for outcome in outcomes if outcome.change is not None]
        return Outcome(change=merged(changes, result=len(changes)))

    def _lost(self, silent: Container[DutyCode], now: datetime) -> list[DutyCode]:
        """Return which silent consoles are lost, for no lease says that they have answered. The rest waits."""
        instant, lasts = milliseconds(now), round(self._limits.lease_lasts * 1000)
        known = without_lease(self._storage.running_duties(), instant, instant + lasts)
        return [duty.code for duty in known if duty.code in silent][:SWEPT_AT_ONCE]
