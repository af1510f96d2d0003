"""`suoja tick`'s share in the talks store: what is due goes, whether a core runs or not."""

import pytest
from pytest_django import Settings

from suoja.conversations import purge as purge_module
from suoja.conversations.purge import Purged, purge
from suoja.live.lifecycle import State
from tests.conversations.talks import Store
from tests.live.cast import TALKING, committed, ends, later, opens, says


@pytest.fixture
def talks(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Let the purge work on a store of its own."""
    monkeypatch.setattr(purge_module, "connections", store.connections)
    return store


@pytest.mark.mission("M12")
def test_a_store_that_was_left_alone_is_empty_after_a_day(talks: Store) -> None:
    committed(talks.journal(), *TALKING, says(), opens("waiting"))
    assert purge(later(hours=25)).is_clean
    assert talks.rows("conversation") == talks.rows("entry") == 0
    purge(later(hours=26))
    assert talks.rows("duty") == 0


def test_an_ending_is_finished(talks: Store) -> None:
    committed(talks.journal(), *TALKING, says(), ends())
    assert purge(later(minutes=3)).swept == 1
    assert talks.rows("entry") == 0


def test_what_is_due_is_reckoned_by_the_limits_that_are_set(talks: Store, settings: Settings) -> None:
    settings.SUOJA_LIMITS = "ending_lasts=10"
    committed(talks.journal(), *TALKING, says(), ends())
    assert purge(later(seconds=9)).swept == 0
    assert purge(later(seconds=11)).swept == 1


def test_nothing_that_lives_is_touched(talks: Store) -> None:
    committed(talks.journal(), *TALKING, says())
    assert purge(later(seconds=30)).swept == 0
    assert talks.rows("entry") == 4


@pytest.mark.safety(30)
def test_no_helper_is_lost_to_whom_nobody_listened(talks: Store) -> None:
    committed(talks.journal(), *TALKING, says())
    purge(later(hours=23))
    assert [living.state for living in talks.journal().living()] == [State.ACTIVE]


def test_more_than_one_sweep_can_hold_goes_too(talks: Store) -> None:
    journal = talks.journal()
    committed(journal, *TALKING, *(opens(f"waiting-{index}") for index in range(250)))
    purge(later(hours=25))
    assert talks.rows("conversation") == 0


def test_it_says_what_it_did_on_one_line() -> None:
    assert str(Purged(3, is_clean=True)) == "3 due, files clean"
    assert "not yet clean" in str(Purged(0, is_clean=False))
