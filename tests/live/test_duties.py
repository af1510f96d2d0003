"""Duties as rules alone; what they do in a journal is in journal_contract.py."""

import pytest

from suoja.lib.codes import DutyCode, HelperCode
from suoja.lib.errors import NotOnDuty, Unauthorised
from suoja.live.duties import lost_duties_of, renew_lease, set_available, start_duty
from suoja.live.records import Duty
from tests.live.cast import ADULTS, PUBLIC_KEY, Answer, answers, is_available, standing_in, starts


def duty(code: str = "duty", **changes: Answer) -> Duty:
    values: dict[str, Answer] = {
        "code": DutyCode(code),
        "helper": HelperCode("professional"),
        "lines": (ADULTS,),
        "public_key": PUBLIC_KEY,
        "is_available": True,
        "lease_until": 100,
    }
    values |= changes
    return Duty(standing=standing_in(values), **values)


def test_a_duty_begins_without_being_available() -> None:
    [begun] = start_duty(None, [], starts(), 160).duties
    assert not begun.is_available
    assert begun.lease_until == 160


def test_a_duty_is_what_the_console_session_has_signed() -> None:
    wish = starts()
    [begun] = start_duty(None, [], wish, 160).duties
    assert begun.standing == wish.standing


def test_a_duty_taken_up_again_keeps_its_availability_and_takes_the_new_key() -> None:
    [again] = start_duty(duty(), [], starts(public_key="C" * 87), 160).duties
    assert again.is_available
    assert again.public_key == "C" * 87


def test_an_ended_duty_never_begins_again() -> None:
    with pytest.raises(Unauthorised):
        start_duty(duty(ended_at=50), [], starts(), 160)


def test_nothing_is_renewed_or_set_without_a_duty() -> None:
    with pytest.raises(NotOnDuty):
        renew_lease(None, answers(), 160)
    with pytest.raises(NotOnDuty):
        set_available(None, [], is_available(), 160)


def test_only_the_same_helpers_other_silent_duties_are_left_behind() -> None:
    running = [
        duty("silent", lease_until=100),
        duty("answering", lease_until=101),
        duty("new", lease_until=50),
        duty("somebody-elses", lease_until=50, helper=HelperCode("another")),
    ]
    lost = lost_duties_of(HelperCode("professional"), DutyCode("new"), running, 100)
    assert [one.code for one in lost] == ["silent"]
