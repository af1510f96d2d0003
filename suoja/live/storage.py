"""What a storage has to do for the journal: keep records, in transactions. It knows no rule.

Two exist: suoja/live/memory.py keeps dicts, suoja/conversations/journal.py speaks SQL. One test body runs against both.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from suoja.lib.clock import milliseconds
from suoja.lib.codes import ConversationCode, DutyCode, HelperCode, LineCode
from suoja.live.lifecycle import State
from suoja.live.limits import Limits
from suoja.live.records import Change, Conversation, Duty, Entry


class Cutoffs(Struct, frozen=True):
    """Instants before which something is due, in ms."""

    ending_at: int
    ended_at: int
    opened_at: int
    lease_until: int
    duty_ended_at: int


def cutoffs(now: datetime, limits: Limits) -> Cutoffs:
    """Return before when something is due. A duty of which nothing was heard for a day is over, whoever asks."""
    instant = milliseconds(now)

    def before(seconds: float) -> int:
        return instant - round(seconds * 1000)

    return Cutoffs(
        ending_at=before(limits.ending_lasts),
        ended_at=before(limits.row_lasts),
        opened_at=before(limits.row_lasts),
        lease_until=before(limits.row_lasts),
        duty_ended_at=before(limits.duty_lingers),
    )


def is_old(conversation: Conversation, before: Cutoffs) -> bool:
    """Tell whether a row has stood for as long as any may."""
    if conversation.state is State.ENDED:
        return (conversation.ended_at or 0) < before.ended_at
    return conversation.opened_at < before.opened_at


class Due(Struct, frozen=True):
    """What time alone has made due."""

    to_finish: Sequence[ConversationCode] = ()
    to_expire: Sequence[ConversationCode] = ()
    lost_duties: Sequence[DutyCode] = ()
    old_duties: Sequence[DutyCode] = ()


class Records(Protocol):
    """Where a seat is looked up: in a storage, or in memory (living.py)."""

    def conversation(self, code: ConversationCode) -> Conversation | None:
        """Return a conversation's row."""

    def duty(self, code: DutyCode) -> Duty | None:
        """Return a duty's row."""


class Storage(Records, Protocol):
    """Where records lie. Reads inside `transaction` see its own writes; outside, what was committed last."""

    def transaction(self) -> AbstractContextManager[None]:
        """Commit on leaving, or roll everything back when an error leaves it."""

    def write(self, change: Change) -> None:
        """Write a change. Called inside a transaction only."""

    def living(self) -> list[Conversation]:
        """Return all conversations that have not ended, in the order of the queues."""

    def held_by(self, duty: DutyCode) -> list[Conversation]:
        """Return the conversations whose helper a duty is, in any state."""

    def count_active(self, helper: HelperCode) -> int:
        """Return how many talks a helper has now, over all their duties (M13)."""

    def waiting(self, line: LineCode) -> Iterable[Conversation]:
        """Return who waits on a line, in the order of the queue: first who waits again, then first come first.

        Of one millisecond, as they came. Read as far as is asked: accepting needs the first few.
        """

    def entries(self, conversation: ConversationCode, after: int, limit: int) -> list[bytes]:
        """Return the bodies of the entries after a number, in order."""

    def sent(self, conversation: ConversationCode, sender: str, messages: Iterable[str]) -> Mapping[str, Entry]:
        """Return the entries that a sender has already put under some of these message ids."""

    def running_duties(self) -> list[Duty]:
        """Return the duties that are not over."""

    def due(self, before: Cutoffs) -> Due:
        """Return what is due; a bounded part of it, the rest comes with the next sweep."""

    def scrub(self) -> bool:
        """Remove what deletion leaves behind outside the tables; tell whether nothing is left. No transaction."""

    def compact(self) -> bool:
        """When no log lives, remove what deletion leaves anywhere, within the tables too. No transaction.

        Tell whether it was done: not while a log lives, or while somebody is in the way.
        """

    def close(self) -> None:
        """Let go of what the calling thread holds open."""
