from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from suoja.lib.state import (
    NotAnInstant,
    OtherClock,
    demo_state_in,
    instant_of,
    make_secret,
    make_state_directory,
    shift_in,
    start_demo_state,
)

NOON = "2024-06-19T12:00:00+03:00"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_the_state_directory_is_the_services_alone(tmp_path: Path) -> None:
    make_state_directory(tmp_path / "a" / "var")
    assert (tmp_path / "a" / "var").stat().st_mode & 0o777 == 0o700


def test_a_secret_is_made_once_and_readable_by_the_service_alone(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    make_secret(path)
    first = path.read_text(encoding="utf-8")
    make_secret(path)
    assert path.read_text(encoding="utf-8") == first
    assert len(first.strip()) == 64
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_state_without_a_demo_has_no_shift(tmp_path: Path) -> None:
    assert demo_state_in(tmp_path) is None
    assert shift_in(tmp_path) == timedelta(0)


def test_the_first_start_keeps_the_clocks_shift_for_every_later_process(tmp_path: Path) -> None:
    start_demo_state(tmp_path, NOON, NOW)
    assert NOW + shift_in(tmp_path) == instant_of(NOON)
    start_demo_state(tmp_path, NOON, NOW + timedelta(days=3))
    assert NOW + shift_in(tmp_path) == instant_of(NOON)


def test_a_later_start_without_a_clock_takes_the_states_own(tmp_path: Path) -> None:
    state = start_demo_state(tmp_path, NOON, NOW)
    assert start_demo_state(tmp_path, "", NOW) == state


@pytest.mark.parametrize("first", [NOON, ""])
def test_another_clock_over_the_same_state_is_refused(tmp_path: Path, first: str) -> None:
    start_demo_state(tmp_path, first, NOW)
    with pytest.raises(OtherClock):
        start_demo_state(tmp_path, "2024-07-01T12:00:00+03:00", NOW)
    assert demo_state_in(tmp_path) is not None


@pytest.mark.parametrize("text", ["", "noon", "2024-06-19", "2024-06-19T12:00:00"])
def test_a_text_without_an_offset_is_no_instant(text: str) -> None:
    with pytest.raises(NotAnInstant):
        instant_of(text)
