"""The service's clock."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from suoja.lib import clock


@pytest.fixture
def shifted() -> Iterator[timedelta]:
    """Shift the clock by a week for one test."""
    week = timedelta(days=7)
    clock.shift_by(week)
    yield week
    clock.shift_by(timedelta(0))


def test_now_is_an_instant_in_utc() -> None:
    assert clock.now().tzinfo is UTC


def test_a_shift_moves_what_the_service_says_of_the_day(shifted: timedelta) -> None:
    ahead = clock.now()
    clock.shift_by(timedelta(0))
    assert ahead - clock.now() == pytest.approx(shifted, abs=timedelta(seconds=5))


@pytest.mark.usefixtures("shifted")
def test_a_shift_does_not_move_timeouts() -> None:
    before = clock.monotonic()
    clock.shift_by(timedelta(days=365))
    assert clock.monotonic() - before < 5


def test_an_instant_travels_as_whole_milliseconds() -> None:
    assert clock.milliseconds(datetime(1970, 1, 1, 0, 0, 1, 500_000, tzinfo=UTC)) == 1500
