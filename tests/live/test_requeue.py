"""A talk that waits again, as rules alone; what it does in a journal is in requeue_contract.py."""

import json

import pytest
from msgspec.structs import replace

from suoja.lib.codes import DutyCode
from suoja.lib.errors import ConversationGone, OutOfState, VisitorPresent
from suoja.live.lifecycle import State
from suoja.live.requeue import park, requeue
from suoja.live.seats import Seat
from tests.live.cast import HELPER
from tests.live.test_entries import TALK

HELD = replace(TALK, newest=4, duty=DutyCode("duty"), helper=HELPER, keyed_at=2)


@pytest.mark.safety(30)
def test_it_goes_to_the_front_with_all_that_it_has() -> None:
    change = requeue(HELD, "helper_lost", 9)
    [waiting] = change.saved
    assert waiting == replace(HELD, state=State.WAITING, newest=5, duty=None, helper=None, queued_at=9, is_first=True)
    assert (change.emptied, change.removed) == ((), ())


def test_who_has_lost_it_is_told_too() -> None:
    [news] = requeue(HELD, "parked", 9).news
    assert (news.duty, news.state) == (HELD.duty, State.WAITING)
    assert json.loads(news.body) == {"event": "requeued", "conversation": "talk", "number": 5, "at": 9, "why": "parked"}


@pytest.mark.parametrize(
    ("state", "error"),
    [(State.WAITING, OutOfState), (State.ENDING, OutOfState), (State.ENDED, ConversationGone)],
)
def test_only_a_talk_can_wait_again(state: State, error: type[Exception]) -> None:
    with pytest.raises(error):
        requeue(replace(HELD, state=state), "helper_lost", 9)
    with pytest.raises(error):
        park(Seat(replace(HELD, state=state), HELPER, is_visitor=False), 0, 600, 9)


@pytest.mark.parametrize("away_for", [0, 599.99])
def test_nobody_is_parked_who_has_only_just_gone(away_for: float) -> None:
    seat = Seat(HELD, HELPER, is_visitor=False)
    with pytest.raises(VisitorPresent):
        park(seat, away_for, 600, 9)
    assert park(seat, 600, 600, 9).saved[0].state is State.WAITING
