"""Duties as rules alone; what they do in a journal is in journal_contract.py."""

import pytest
from msgspec.structs import replace

from suoja.lib.codes import DutyCode, HelperCode
from suoja.lib.errors import NotOnDuty, Superseded, Unauthorised
from suoja.live.duties import lost_duties_of, renew_lease, set_available, start_duty
from suoja.live.lifecycle import State
from suoja.live.limits import MAX_ENTRIES
from suoja.live.records import Change, Conversation, Duty
from tests.live.cast import ADULTS, HELPER, PUBLIC_KEY, Answer, answers, is_available, standing_in, starts
from tests.live.test_entries import TALK


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


def started(known: Duty | None, *held: Conversation, **changes: Answer) -> Change:
    return start_duty(known, held, starts(**changes), taken=None, now=100, lease_until=160)


def test_a_duty_begins_without_being_available() -> None:
    [begun] = started(None).duties
    assert not begun.is_available
    assert begun.lease_until == 160


def test_a_duty_is_what_the_console_session_has_signed() -> None:
    [begun] = started(None).duties
    assert begun.standing == starts().standing


def test_a_duty_taken_up_again_keeps_its_availability_and_takes_the_new_key() -> None:
    [again] = started(duty(), public_key="C" * 87).duties
    assert again.is_available
    assert again.public_key == "C" * 87


def test_an_ended_duty_never_begins_again() -> None:
    with pytest.raises(Unauthorised):
        started(duty(ended_at=50))


@pytest.mark.parametrize(("known", "said", "epoch"), [(None, None, 1), (4, None, 5), (4, 4, 4)])
def test_a_page_loaded_anew_takes_the_next_epoch(known: int | None, said: int | None, epoch: int) -> None:
    [begun] = started(None if known is None else duty(epoch=known), epoch=said).duties
    assert begun.epoch == epoch


@pytest.mark.parametrize(("known", "said"), [(4, 3), (4, 5)])
def test_any_other_page_is_superseded(known: int, said: int) -> None:
    with pytest.raises(Superseded):
        started(duty(epoch=known), epoch=said)


def test_a_page_of_a_duty_that_is_forgotten_is_told_that_it_is_over() -> None:
    with pytest.raises(Unauthorised):
        started(None, epoch=1)


def test_a_lost_key_ends_a_talk_in_which_nothing_can_be_said_any_more() -> None:
    full = replace(TALK, newest=MAX_ENTRIES, helper=HELPER)
    change = started(duty(), full, public_key="C" * 87)
    assert (change.saved[0].state, change.saved[0].how) == (State.ENDING, "ended_by_service")
    assert started(duty(), full).saved == ()


def test_nothing_is_renewed_or_set_without_a_duty() -> None:
    with pytest.raises(NotOnDuty):
        renew_lease(None, answers(), 160)
    with pytest.raises(NotOnDuty):
        set_available(None, [], is_available(), 160)


def test_only_the_same_helpers_other_silent_duties_are_left_behind() -> None:
    running = [
        duty("run-out", lease_until=100),
        duty("answering", lease_until=101),
        duty("silent", lease_until=101),
        duty("new", lease_until=50),
        duty("somebody-elses", lease_until=50, helper=HelperCode("another")),
    ]
    silent = frozenset({DutyCode("silent"), DutyCode("new"), DutyCode("somebody-elses")})
    lost = lost_duties_of(starts(duty=DutyCode("new"), silent=silent), running, 100)
    assert [one.code for one in lost] == ["run-out", "silent"]
