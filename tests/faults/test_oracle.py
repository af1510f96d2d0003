"""The oracle sees what is wrong: otherwise a run that finds nothing says nothing."""

from tests.faults.oracle import GOOD, Verdict, judged

WRITTEN = ["one", "two", "three"]


def test_what_was_acknowledged_and_read_in_order_is_good() -> None:
    assert judged(WRITTEN, WRITTEN, WRITTEN) == GOOD


def test_what_was_not_acknowledged_may_be_read_or_not() -> None:
    assert judged(WRITTEN, ["one"], ["one"]) == judged(WRITTEN, ["one"], WRITTEN) == GOOD


def test_what_was_acknowledged_and_not_read_is_lost() -> None:
    assert judged(WRITTEN, ["one", "two"], ["one"]) == Verdict(lost=("two",))


def test_what_nobody_wrote_is_unexpected() -> None:
    assert judged(WRITTEN, [], ["four"]) == Verdict(unexpected=("four",))


def test_what_is_read_twice_is_duplicated() -> None:
    assert judged(WRITTEN, [], ["one", "one"]) == Verdict(duplicated=("one",))


def test_what_is_read_too_early_is_disordered() -> None:
    assert judged(WRITTEN, [], ["two", "one", "three"]) == Verdict(disordered=("one",))
