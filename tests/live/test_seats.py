"""Who has a seat, as rules alone; what they do in a journal is in seat_contract.py."""

import pytest
from msgspec.structs import replace

from suoja.lib.codes import DutyCode
from suoja.lib.errors import ConversationGone, NotOnDuty, NotYours, Superseded, Unauthorised
from suoja.live.lifecycle import State
from suoja.live.operations import ByHelper
from suoja.live.seats import open_duty, resume, seat_of, visitors_seat
from tests.live.cast import HELPER, STRANGER, VISITOR
from tests.live.test_duties import duty
from tests.live.test_entries import TALK

DUTY = ByHelper(DutyCode("duty"), 1)
HELD = replace(TALK, duty=DUTY.duty, helper=HELPER)


def test_a_seat_says_who_sits_in_it() -> None:
    visitor, helper = seat_of(HELD, None, VISITOR), seat_of(HELD, duty(), DUTY)
    assert (visitor.participant, visitor.is_visitor) == (VISITOR.participant, True)
    assert (helper.participant, helper.is_visitor) == (HELPER, False)


@pytest.mark.safety(10)
@pytest.mark.parametrize("epoch", [0, 1, 3])
def test_every_epoch_but_the_newest_is_superseded(epoch: int) -> None:
    with pytest.raises(Superseded):
        seat_of(replace(HELD, visitor_epoch=2), None, replace(VISITOR, epoch=epoch))
    with pytest.raises(Superseded):
        seat_of(HELD, duty(epoch=2), replace(DUTY, epoch=epoch))


def test_an_ended_row_is_told_apart_by_no_epoch() -> None:
    ended = replace(HELD, state=State.ENDED, visitor_epoch=2)
    assert seat_of(ended, None, VISITOR).conversation is ended


def test_whoever_has_no_seat_is_told_why() -> None:
    for error, conversation, known, by in (
        (ConversationGone, None, None, VISITOR),
        (NotYours, HELD, None, STRANGER),
        (NotOnDuty, HELD, None, DUTY),
        (Unauthorised, HELD, duty(ended_at=1), DUTY),
        (ConversationGone, None, duty(), DUTY),
        (NotYours, TALK, duty(), DUTY),
    ):
        with pytest.raises(error):
            seat_of(conversation, known, by)


def test_an_ended_duty_is_over_for_each_of_its_pages() -> None:
    for epoch in (1, 2):
        with pytest.raises(Unauthorised):
            open_duty(duty(ended_at=1), epoch)


def test_taking_over_changes_nothing_but_the_epoch() -> None:
    change = resume(visitors_seat(HELD, VISITOR.participant), None)
    assert change.saved == (change.result,) == (replace(HELD, visitor_epoch=2),)
    assert (change.news, change.queues, change.deletes) == ((), frozenset(), False)
