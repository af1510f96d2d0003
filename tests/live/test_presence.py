"""Who is there: one person's page, by its answers and its silence. Instants are seconds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suoja.live.limits import Limits
from suoja.live.presence import NEVER, REACHABLE, People

LIMITS = Limits(answer_within=3, gone_after=5, left_after=10, absence_limit=100)
WHO = "talk"


def people(now: float = 0) -> People[str]:
    """Return the people of whom one has just opened a stream."""
    made: People[str] = People(LIMITS)
    made.expect(WHO, now)
    made.opened(WHO, now)
    return made


def state(made: People[str], now: float) -> str:
    list(made.elapsed(now))
    person = made[WHO]
    assert person is not None
    return person.state


def test_who_answers_each_heartbeat_is_here() -> None:
    made = people()
    for now in range(8, 800, 8):
        made.beaten(WHO, now)
        assert state(made, now + 2.9) == "here"
        made.answered(WHO, "here", now + 2.9)
    assert state(made, 10_000) == "here"


@pytest.mark.safety(30)
def test_two_missed_in_a_row_make_unreachable_within_twenty_seconds() -> None:
    made = people()
    made.beaten(WHO, 8)
    assert state(made, 15.9) == "here"
    made.beaten(WHO, 16)
    assert state(made, 18.9) == "here"
    assert state(made, 19) == "unreachable"
    person = made[WHO]
    assert person is not None
    assert person.since == 19


def test_one_missed_heartbeat_says_nothing() -> None:
    made = people()
    for now in range(8, 800, 16):
        made.beaten(WHO, now)
        assert state(made, now + 7.9) == "here"
        made.beaten(WHO, now + 8)
        made.answered(WHO, "here", now + 10)
    assert state(made, 2_000) == "here"


def test_an_answer_brings_back_and_says_for_how_long_it_was_away() -> None:
    made = people()
    made.beaten(WHO, 8)
    made.beaten(WHO, 16)
    assert state(made, 60) == "unreachable"
    changed = made.answered(WHO, "here", 79)
    assert changed is not None
    assert (changed.before.state, changed.after.state, changed.after.was_away) == ("unreachable", "here", 60)
    assert made.answered(WHO, "here", 80) is None


def test_a_hidden_page_is_no_absence_but_its_return_is_one() -> None:
    made = people()
    hidden = made.answered(WHO, "hidden", 10)
    assert hidden is not None
    assert hidden.after.state == "hidden"
    assert not made.is_lost(WHO)
    shown = made.answered(WHO, "here", 130)
    assert shown is not None
    assert (shown.after.state, shown.after.was_away) == ("here", 120)


def test_a_hidden_page_that_falls_silent_and_answers_again_is_still_hidden() -> None:
    made = people()
    made.answered(WHO, "hidden", 10)
    made.beaten(WHO, 18)
    made.beaten(WHO, 26)
    assert state(made, 30) == "unreachable"
    back = made.opened(WHO, 40)
    assert back is not None
    assert back.after.state == "hidden"
    shown = made.answered(WHO, "here", 50)
    assert shown is not None
    assert shown.after.was_away == 40


def test_a_stream_that_closes_and_comes_back_at_once_is_nothing() -> None:
    made = people()
    assert made.closed(WHO, 10) is None
    assert state(made, 14.9) == "here"
    assert made.opened(WHO, 14.9) is None
    assert state(made, 100) == "here"


def test_a_stream_that_closes_for_good_is_an_absence() -> None:
    made = people()
    made.closed(WHO, 10)
    assert state(made, 15) == "unreachable"
    assert made.is_lost(WHO)


def test_a_closing_does_not_put_off_what_missed_heartbeats_have_begun() -> None:
    made = people()
    made.beaten(WHO, 8)
    made.beaten(WHO, 16)
    made.closed(WHO, 18)
    assert state(made, 19) == "unreachable"


@pytest.mark.parametrize("is_said_first", [True, False])
def test_who_said_to_leave_has_left_and_was_never_unreachable(*, is_said_first: bool) -> None:
    made = people()
    for step in (0, 1) if is_said_first else (1, 0):
        made.answered(WHO, "leaving", 10) if step == 0 else made.closed(WHO, 10)
    assert state(made, 19.9) == "here"
    assert state(made, 20) == "left"


def test_a_reload_is_nothing() -> None:
    made = people()
    made.answered(WHO, "leaving", 10)
    made.closed(WHO, 10)
    made.renewed(WHO, 12)
    made.opened(WHO, 12.5)
    assert state(made, 100) == "here"


def test_a_page_that_takes_the_seat_and_opens_no_stream_is_an_absence() -> None:
    made = people()
    made.answered(WHO, "hidden", 5)
    made.renewed(WHO, 10)
    assert state(made, 14.9) == "hidden"
    assert state(made, 15) == "unreachable"
    back = made.opened(WHO, 16)
    assert back is not None
    assert back.after.state == "here"


def test_who_said_to_leave_and_answers_again_is_here() -> None:
    made = people()
    made.answered(WHO, "leaving", 10)
    made.answered(WHO, "here", 12)
    assert state(made, 100) == "here"


def test_who_was_unreachable_can_still_say_that_they_left() -> None:
    made = people()
    made.closed(WHO, 0)
    assert state(made, 5) == "unreachable"
    made.answered(WHO, "leaving", 6)
    assert state(made, 16) == "left"
    person = made[WHO]
    assert person is not None
    assert (person.since, person.lost_at) == (16, 5)


def test_an_answer_without_a_stream_counts_for_a_moment() -> None:
    made = people()
    made.closed(WHO, 0)
    made.answered(WHO, "here", 4)
    assert state(made, 8.9) == "here"
    assert state(made, 9) == "unreachable"


def test_who_is_expected_and_never_comes_is_unreachable() -> None:
    made: People[str] = People(LIMITS)
    made.expect(WHO, 0)
    assert state(made, 4.9) == "here"
    assert state(made, 5) == "unreachable"


def test_absence_is_told_when_it_has_lasted_and_again_until_it_is_dealt_with() -> None:
    made = people()
    made.closed(WHO, 0)
    state(made, 5)
    assert list(made.absent(104.9, again=5)) == []
    assert list(made.absent(105, again=5)) == [WHO]
    assert list(made.absent(109, again=5)) == []
    assert list(made.absent(110, again=5)) == [WHO]
    made.forget(WHO)
    assert list(made.absent(1_000, again=5)) == []


def test_an_absence_that_was_broken_begins_anew() -> None:
    made = people()
    made.closed(WHO, 0)
    state(made, 5)
    made.opened(WHO, 100)
    assert list(made.absent(105, again=5)) == []
    made.closed(WHO, 110)
    state(made, 115)
    assert list(made.absent(214, again=5)) == []
    assert list(made.absent(215, again=5)) == [WHO]


def test_nobody_is_followed_whom_nobody_knows() -> None:
    made: People[str] = People(LIMITS)
    assert made.opened(WHO, 0) is None
    assert made.answered(WHO, "here", 0) is None
    assert made[WHO] is None
    assert not made.is_lost(WHO)


STEPS = st.lists(
    st.tuples(st.sampled_from(["open", "close", "beat", "renew", "here", "hidden", "leaving"]), st.floats(0.1, 40)),
    max_size=40,
)


@given(STEPS)
def test_whatever_happens_silence_is_found_out_and_what_is_told_is_consistent(steps: list[tuple[str, float]]) -> None:
    """After any steps a page that says nothing more and has no stream is lost, and stays so."""
    made, now = people(), 0.0
    for step, passes in steps:
        now += passes
        list(made.elapsed(now))
        take(made, step, now)
        person = made[WHO]
        assert person is not None
        assert (person.lost_at is None) == (person.state in REACHABLE)
        assert (person.away_at is None) == (person.state == "here")
        assert person.since <= now
    made.closed(WHO, now)
    assert state(made, now + 20) in {"unreachable", "left"}
    person = made[WHO]
    assert person is not None
    assert person.due == NEVER


def take(made: People[str], step: str, now: float) -> None:
    """Have something happen to the one who is followed."""
    match step:
        case "here" | "hidden" | "leaving":
            made.answered(WHO, step, now)
        case _:
            did = {"open": made.opened, "close": made.closed, "renew": made.renewed, "beat": made.beaten}
            did[step](WHO, now)
