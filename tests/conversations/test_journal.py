"""The journal in SQLite: all that every journal does, and what is about the disk."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest
from django.db import DatabaseError
from hypothesis import HealthCheck, given, settings

from suoja.conversations import sql
from suoja.lib.codes import DutyCode, HelperCode
from suoja.lib.errors import NobodyWaiting, Unavailable
from suoja.live import duties
from suoja.live.journal import Journal
from suoja.live.operations import ByHelper, Operation, Sweep
from tests.conversations.many_talks import ManyTalks
from tests.conversations.talks import NewStore, Store
from tests.live.cast import (
    HALF_KEY,
    NOW,
    ON_DUTY,
    PROFESSIONAL,
    TALK,
    TALKING,
    VISITOR,
    accepts,
    answer_of,
    answers,
    closes,
    committed,
    confirms,
    ends,
    events_of,
    is_available,
    leaves,
    opens,
    outcome_of,
    says,
    seals,
    starts,
)
from tests.live.journal_contract import (
    JournalContract,
    batches,
    lives,
    nothing_is_left_half_done,
    numbers_stay_gap_free,
)

MARK = "ciphertext-that-must-not-stay"
LONG_MARK = MARK + "x" * 5_000


class TestSqlJournal(JournalContract):
    @pytest.fixture
    def fresh(self, new_store: NewStore) -> Callable[[], Journal]:
        return lambda: new_store().journal()


@pytest.mark.safety(35)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches)
def test_numbers_have_no_gap_whatever_is_interleaved(new_store: NewStore, given: list[list[Operation[Any]]]) -> None:
    numbers_stay_gap_free(new_store().journal(), given)


@pytest.mark.mission("M12")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives)
def test_nothing_is_left_half_done_whatever_happens(
    new_store: NewStore, given: list[tuple[Operation[Any], int]]
) -> None:
    nothing_is_left_half_done(new_store().journal(), given)


def test_the_queue_is_read_in_its_order_without_sorting_it(store: Store) -> None:
    with store.connections["talks"].cursor() as cursor:
        plan = cursor.execute(f"EXPLAIN QUERY PLAN {sql.WAITING}", ["adults"]).fetchall()
    assert [step[3] for step in plan] == [
        "SEARCH conversations_conversation USING INDEX conversation_queue (state=? AND line=?)"
    ]


# --- durability -----------------------------------------------------------------------------------------------------


@pytest.mark.safety(35)
def test_what_was_committed_is_there_for_another_connection(store: Store) -> None:
    committed(store.journal(), *TALKING, says(VISITOR, ("a", MARK)))
    with sqlite3.connect(store.folder / "talks.sqlite3") as other:
        assert other.execute("SELECT count(*) FROM conversations_entry").fetchone() == (4,)
    other.close()


@pytest.mark.safety(36)
def test_a_message_sent_again_after_a_restart_gets_its_number(store: Store) -> None:
    committed(store.journal(), *TALKING, says(VISITOR, ("a", "x")))
    store.connections.close_all()
    assert outcome_of(store.journal(), says(VISITOR, ("a", "x"))) == (4,)


@pytest.mark.safety(35)
def test_a_full_disk_commits_nothing_of_a_batch(store: Store) -> None:
    journal = store.journal()
    committed(journal, *TALKING)
    with store.connections["talks"].cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    many = [says(VISITOR, (f"m{index}", LONG_MARK)) for index in range(20)]
    with pytest.raises(DatabaseError):
        journal.apply(many, NOW)
    assert "said" not in events_of(journal)


@pytest.mark.safety(35)
def test_a_commit_that_fails_leaves_the_store_usable(store: Store) -> None:
    journal = store.journal()
    committed(journal, *TALKING)
    with pytest.raises(RuntimeError), store.storage.transaction():
        raise RuntimeError
    assert outcome_of(journal, says()) == (4,)


def test_the_store_keeps_its_promises_in_its_settings(store: Store) -> None:
    with store.connections["talks"].cursor() as cursor:
        kept = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete")
        }
    assert kept == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}


def test_an_error_in_one_decision_disturbs_no_other(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = store.journal()
    committed(journal, *TALKING)
    monkeypatch.setattr(duties, "renew_lease", None)
    broken, fine = journal.apply([answers(), says()], NOW)
    assert isinstance(broken.error, Unavailable)
    assert answer_of(fine) == (4,)


# --- one winner -----------------------------------------------------------------------------------------------------


@pytest.mark.safety(25)
def test_twenty_helpers_accept_at_once_and_one_wins(store: Store) -> None:
    journal = store.journal()
    helpers = [ByHelper(DutyCode(f"duty-{index}"), 1) for index in range(20)]
    for helper in helpers:
        committed(journal, starts(helper, helper=HelperCode(helper.duty)), is_available(helper))
    committed(journal, opens())
    together = threading.Barrier(len(helpers))

    def accept(helper: ByHelper) -> type[Exception] | None:
        # Each by a connection of its own, as twenty processes would: the store's own lock has to choose.
        together.wait()
        [outcome] = store.journal().apply([accepts(helper)], NOW)
        store.storage.close()
        return type(outcome.error) if outcome.error else None

    with ThreadPoolExecutor(len(helpers)) as pool:
        results = list(pool.map(accept, helpers))
    assert results.count(None) == 1
    assert results.count(NobodyWaiting) == 19


# --- nothing is left ------------------------------------------------------------------------------------------------


@pytest.mark.mission("M12")
@pytest.mark.safety(39)
def test_after_the_end_the_files_hold_no_ciphertext_and_no_key(store: Store) -> None:
    journal = store.journal()
    committed(journal, *ON_DUTY, opens(), accepts(), seals("sealed-key-" + MARK))
    for index in range(40):
        committed(journal, says(VISITOR, (f"m{index}", LONG_MARK if index % 3 else MARK)))
    assert MARK.encode() in store.bytes_on_disk()
    assert HALF_KEY.encode() in store.bytes_on_disk()
    committed(journal, ends(), confirms(VISITOR, 44), confirms(PROFESSIONAL, 44))
    journal.settle()
    assert MARK.encode() not in store.bytes_on_disk()
    assert HALF_KEY.encode() not in store.bytes_on_disk()
    assert store.rows("entry") == 0
    committed(journal, closes())
    assert store.rows("conversation") == 0


@pytest.mark.safety(39)
def test_after_the_exit_the_files_hold_nothing_of_it(store: Store) -> None:
    journal = store.journal()
    committed(journal, *TALKING, says(VISITOR, ("a", LONG_MARK)), leaves())
    journal.settle()
    assert MARK.encode() not in store.bytes_on_disk()
    assert store.rows("entry") == 0


@pytest.mark.safety(39)
def test_a_reader_in_the_way_only_puts_the_cleaning_off_to_the_next_sweep(store: Store) -> None:
    journal = store.journal()
    committed(journal, *TALKING, says(VISITOR, ("a", MARK)))
    reader = sqlite3.connect(store.folder / "talks.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM conversations_entry").fetchone()
    committed(journal, leaves())
    assert not journal.settle()
    assert MARK.encode() in store.bytes_on_disk()
    reader.execute("COMMIT")
    reader.close()
    committed(journal, Sweep())
    assert journal.settle()
    assert MARK.encode() not in store.bytes_on_disk()


def test_what_an_earlier_run_left_is_cleaned_with_the_first_sweep(store: Store) -> None:
    committed(store.journal(), *TALKING, says(VISITOR, ("a", MARK)), leaves())
    later_run = store.journal()
    committed(later_run, Sweep())
    assert later_run.settle()
    assert MARK.encode() not in store.bytes_on_disk()


def test_fragments_within_the_tables_go_when_no_talk_lives(store: Store) -> None:
    journal = store.journal()
    committed(journal, *TALKING, says(VISITOR, ("a", "x" * 5_000 + MARK)), opens("waiting"))
    leave_fragments_of(store, "a")
    committed(journal, Sweep())
    assert not journal.settle()
    assert MARK.encode() in store.bytes_on_disk()
    committed(journal, ends(VISITOR, "waiting"), leaves())
    journal.settle()
    committed(journal, Sweep())
    assert journal.settle()
    assert MARK.encode() not in store.bytes_on_disk()


def leave_fragments_of(store: Store, message: str) -> None:
    """Delete an entry without overwriting it: its second page is then free, and still holds what it held."""
    with sqlite3.connect(store.folder / "talks.sqlite3") as file:
        file.execute("PRAGMA secure_delete = OFF")
        file.execute("DELETE FROM conversations_entry WHERE message = ?", [message])
    file.close()


def test_tables_are_rewritten_only_when_something_was_destroyed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    journal, rewritten = store.journal(), list[bool]()
    compact = store.storage.compact

    def counted() -> bool:
        rewritten.append(compact())
        return rewritten[-1]

    monkeypatch.setattr(store.storage, "compact", counted)
    for steps, times in (([Sweep()], 1), ([Sweep()], 1), ([*ON_DUTY, opens()], 1), ([Sweep()], 1), ([leaves()], 1)):
        committed(journal, *steps)
        journal.settle()
        assert len(rewritten) == times
    committed(journal, Sweep())
    assert journal.settle()
    assert rewritten == [True, True]


@pytest.mark.safety(39)
def test_somebody_who_writes_only_puts_the_rewriting_off_to_the_next_sweep(store: Store) -> None:
    journal = store.journal()
    committed(journal, *TALKING, leaves(), Sweep())
    writer = sqlite3.connect(store.folder / "talks.sqlite3", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    assert not journal.settle()
    writer.execute("ROLLBACK")
    writer.close()
    committed(journal, Sweep())
    assert journal.settle()


@pytest.mark.mission("M12")
@pytest.mark.safety(39)
@pytest.mark.parametrize("seed", [0, 2])
def test_of_sixty_talks_at_once_nothing_is_left_when_all_have_ended(store: Store, seed: int) -> None:
    """With so many, SQLite moves rows from page to page, and a page can keep a copy of what has left it."""
    journal, many = store.journal(), ManyTalks(Random(seed))  # noqa: S311  # The same talks each time.
    committed(journal, *many.on_duty())
    for _ in range(60):
        committed(journal, *many.begin())
    for step in range(600):
        committed(journal, *(many.replace_one() if step % 20 == 0 else many.say()))
        journal.settle()
    marks = many.marks()
    on_disk = store.bytes_on_disk()
    assert all(mark in on_disk for mark in many.living_marks())
    while many.living:
        committed(journal, *many.end_one())
        journal.settle()
    committed(journal, Sweep())
    assert journal.settle()
    on_disk = store.bytes_on_disk()
    assert len(marks) > 1_000
    assert not [mark for mark in marks if mark in on_disk]
    assert store.rows("entry") == store.rows("conversation") == 0


def test_a_message_is_not_held_up_by_cleaning_that_can_not_succeed(store: Store) -> None:
    journal = store.journal()
    committed(journal, *TALKING, says())
    assert not journal._is_time_to_settle


def test_reading_does_not_wait_for_the_writer(store: Store) -> None:
    journal = store.journal()
    committed(journal, *TALKING)
    with store.storage.transaction(), ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: len(journal.read(TALK, 0, 10).bodies)).result(timeout=2) == 3
        pool.submit(store.storage.close).result()
