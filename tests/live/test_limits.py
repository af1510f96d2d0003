"""Limits as an operator or a test sets them. What stops the start: tests/test_checks.py."""

from msgspec.structs import replace

from suoja.live.limits import Limits, limits_of


def test_without_a_word_they_are_those_of_the_table() -> None:
    assert limits_of("") == Limits()


def test_each_is_set_by_its_name_and_keeps_its_kind() -> None:
    set_by_name = limits_of("heartbeat_active=1  park_after=2.5 max_streams=7")
    assert set_by_name == replace(Limits(), heartbeat_active=1.0, park_after=2.5, max_streams=7)
    assert isinstance(set_by_name.max_streams, int)


def test_what_an_absence_means_comes_in_an_order_that_makes_sense() -> None:
    limits = Limits()
    assert limits.answer_within < limits.gone_after < limits.left_after < limits.back_after
    assert limits.back_after < limits.park_after < limits.absence_limit
    assert limits.lease_lasts < limits.helper_lost_after < limits.absence_limit
    assert 2 * limits.heartbeat_active + limits.answer_within < 20
    assert limits.poll_lingers > limits.gone_after
