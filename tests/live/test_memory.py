"""The journal in memory."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from suoja.live.journal import Journal
from suoja.live.memory import MemoryStorage, memory_journal
from suoja.live.operations import Operation
from suoja.live.records import Change, Entry
from tests.live.asgi import line_rule
from tests.live.cast import TALK
from tests.live.journal_contract import (
    JournalContract,
    batches,
    lives,
    nothing_is_left_half_done,
    numbers_stay_gap_free,
)


class TestMemoryJournal(JournalContract):
    @pytest.fixture
    def fresh(self) -> Callable[[], Journal]:
        return lambda: memory_journal(line_rule)


@pytest.mark.safety(35)
@given(batches)
def test_numbers_have_no_gap_whatever_is_interleaved(given: list[list[Operation[Any]]]) -> None:
    numbers_stay_gap_free(memory_journal(line_rule), given)


@pytest.mark.mission("M12")
@settings(max_examples=300)
@given(lives)
def test_nothing_is_left_half_done_whatever_happens(given: list[tuple[Operation[Any], int]]) -> None:
    nothing_is_left_half_done(memory_journal(line_rule), given)


def write_and_fail(storage: MemoryStorage) -> None:
    storage.write(Change(appended=(Entry(TALK, 1, "", "", b"{}"),)))
    raise RuntimeError


def test_a_failed_transaction_leaves_nothing() -> None:
    storage = MemoryStorage()
    with pytest.raises(RuntimeError), storage.transaction():
        write_and_fail(storage)
    assert storage.entries(TALK, 0, 10) == []
