"""A storage in memory: the journal without a disk, for tests of everything that is not about the disk."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from suoja.lib.codes import ConversationCode, DutyCode, HelperCode, LineCode
from suoja.live.decisions import LineRule
from suoja.live.journal import Journal
from suoja.live.lifecycle import State
from suoja.live.limits import SWEPT_AT_ONCE, Limits
from suoja.live.records import Change, Conversation, Duty, Entry
from suoja.live.storage import Cutoffs, Due, is_old


class MemoryStorage:
    """Dicts behind one lock. A failed transaction puts the dicts back as they were."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.RLock()
        self._conversations: dict[ConversationCode, Conversation] = {}
        self._logs: dict[ConversationCode, tuple[Entry, ...]] = {}
        self._duties: dict[DutyCode, Duty] = {}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._lock:
            before = (dict(self._conversations), dict(self._logs), dict(self._duties))
            try:
                yield
            except BaseException:
                self._conversations, self._logs, self._duties = before
                raise

    def write(self, change: Change) -> None:
        self._conversations |= {conversation.code: conversation for conversation in change.saved}
        for entry in change.appended:
            self._logs[entry.conversation] = (*self._logs.get(entry.conversation, ()), entry)
        for code in change.emptied:
            self._logs.pop(code, None)
        for code in change.removed:
            self._conversations.pop(code, None)
        self._duties |= {duty.code: duty for duty in change.duties}
        for duty_code in change.removed_duties:
            self._duties.pop(duty_code, None)

    def conversation(self, code: ConversationCode) -> Conversation | None:
        with self._lock:
            return self._conversations.get(code)

    def living(self) -> list[Conversation]:
        return self._queued(lambda conversation: conversation.state is not State.ENDED)

    def held_by(self, duty: DutyCode) -> list[Conversation]:
        return self._queued(lambda conversation: conversation.duty == duty)

    def count_active(self, helper: HelperCode) -> int:
        duties = {duty.code for duty in self._duties.values() if duty.helper == helper}
        return len(self._queued(lambda one: one.state is State.ACTIVE and one.duty in duties))

    def waiting(self, line: LineCode) -> list[Conversation]:
        return self._queued(lambda one: one.state is State.WAITING and one.line == line)

    def entries(self, conversation: ConversationCode, after: int, limit: int) -> list[bytes]:
        with self._lock:
            return [entry.body for entry in self._logs.get(conversation, ())[after : after + limit]]

    def sent(self, conversation: ConversationCode, sender: str, messages: Iterable[str]) -> Mapping[str, Entry]:
        wanted = set(messages)
        entries = self._logs.get(conversation, ())
        return {entry.message: entry for entry in entries if entry.sender == sender and entry.message in wanted}

    def duty(self, code: DutyCode) -> Duty | None:
        with self._lock:
            return self._duties.get(code)

    def running_duties(self) -> list[Duty]:
        with self._lock:
            return [duty for duty in self._duties.values() if duty.ended_at is None]

    def due(self, before: Cutoffs) -> Due:
        return Due(
            self._codes(lambda one: one.ending_at and one.state is State.ENDING and one.ending_at < before.ending_at),
            self._codes(lambda one: is_old(one, before)),
            self._duty_codes(lambda one: one.ended_at is None and one.lease_until < before.lease_until),
            self._duty_codes(lambda one: one.ended_at is not None and one.ended_at < before.duty_ended_at),
        )

    def scrub(self) -> bool:
        """Nothing lies outside the dicts."""
        return True

    def compact(self) -> bool:
        """Nothing lies between the dicts either."""
        return not self._logs

    def close(self) -> None:
        """Nothing is held open."""

    def _queued(self, keep: Callable[[Conversation], object]) -> list[Conversation]:
        with self._lock:
            kept = [conversation for conversation in self._conversations.values() if keep(conversation)]
        # Sorting is stable: who came in the same millisecond keeps the order of coming.
        return sorted(kept, key=lambda conversation: (not conversation.is_first, conversation.queued_at))

    def _codes(self, keep: Callable[[Conversation], object]) -> list[ConversationCode]:
        return [conversation.code for conversation in self._queued(keep)[:SWEPT_AT_ONCE]]

    def _duty_codes(self, keep: Callable[[Duty], bool]) -> list[DutyCode]:
        with self._lock:
            return [duty.code for duty in self._duties.values() if keep(duty)][:SWEPT_AT_ONCE]


def memory_journal(line_rule: LineRule, limits: Limits | None = None) -> Journal:
    """Return a journal that forgets everything when the process ends."""
    return Journal(MemoryStorage(), line_rule, limits)
