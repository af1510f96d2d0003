"""How a conversation ends, as rules alone; what they do in a journal is in journal_contract.py."""

import json

import pytest
from msgspec.structs import replace

from suoja.lib.errors import ConversationGone, OutOfState
from suoja.live.endings import confirm, end, expire, finish, leave_quickly, lose
from suoja.live.lifecycle import State
from suoja.live.records import NOTHING, Conversation
from suoja.live.seats import Seat
from tests.live.cast import HELPER, VISITOR
from tests.live.test_entries import TALK as FULL

TALK = replace(FULL, newest=4, helper=HELPER)
ENDING = replace(TALK, state=State.ENDING, newest=5, how="helper_ended")
ENDED = replace(TALK, state=State.ENDED, newest=6, how="helper_ended", half_key=None)


def visitor_in(conversation: Conversation) -> Seat:
    return Seat(conversation, VISITOR.participant, is_visitor=True)


@pytest.mark.mission("M12")
@pytest.mark.parametrize("state", [State.WAITING, State.ACTIVE, State.ENDING])
def test_the_exit_empties_the_log_and_drops_the_key_in_every_state(state: State) -> None:
    change = leave_quickly(visitor_in(replace(TALK, state=state)), 9, may_close=True)
    assert change.emptied == (TALK.code,)
    assert [row.half_key for row in change.saved] in ([], [None])


def test_a_row_stays_only_for_a_helper_who_can_close_it() -> None:
    assert finish(ENDING, 9, may_close=True).saved[0].state is State.ENDED
    assert finish(ENDING, 9, may_close=False).removed == (TALK.code,)


def test_who_ended_it_first_stays_the_one_who_ended_it() -> None:
    [news] = leave_quickly(visitor_in(ENDING), 9, may_close=True).news
    assert json.loads(news.body)["how"] == "helper_ended"


def test_the_last_number_is_told_though_nothing_is_stored_under_it() -> None:
    change = finish(ENDING, 9, may_close=True)
    assert (json.loads(change.news[0].body)["number"], change.saved[0].newest, change.appended) == (6, 6, ())


def test_a_position_that_says_nothing_new_writes_nothing() -> None:
    seat = visitor_in(replace(ENDING, visitor_position=3))
    assert confirm(seat, 3, 9, may_close=True) is NOTHING
    assert confirm(seat, 2, 9, may_close=True) is NOTHING


def test_nobody_has_come_further_than_the_log() -> None:
    [saved] = confirm(visitor_in(ENDING), 2**70, 9, may_close=True).saved
    assert saved.visitor_position == ENDING.newest


def test_an_ended_conversation_is_gone_for_its_visitor() -> None:
    with pytest.raises(ConversationGone):
        confirm(visitor_in(ENDED), 6, 9, may_close=True)
    with pytest.raises(ConversationGone):
        end(visitor_in(ENDED), 9)
    assert leave_quickly(visitor_in(ENDED), 9, may_close=True) is NOTHING


def test_a_running_talk_is_not_finished_without_an_ending() -> None:
    with pytest.raises(OutOfState):
        finish(TALK, 9, may_close=True)


@pytest.mark.mission("M12")
def test_a_place_that_is_given_up_leaves_no_key_and_no_log() -> None:
    change = lose(replace(TALK, state=State.WAITING), 9)
    assert (change.saved, change.emptied, change.removed) == ((), (TALK.code,), (TALK.code,))


def test_a_talk_whose_visitor_is_lost_ends_as_any_other() -> None:
    [ending] = lose(TALK, 9).saved
    assert (ending.state, ending.ending_at, ending.how) == (State.ENDING, 9, "visitor_lost")


@pytest.mark.parametrize("conversation", [ENDING, ENDED], ids=["ending", "ended"])
def test_what_has_its_end_is_not_lost_as_well(conversation: Conversation) -> None:
    with pytest.raises(OutOfState):
        lose(conversation, 9)


@pytest.mark.parametrize("conversation", [TALK, ENDING, ENDED], ids=["active", "ending", "ended"])
def test_a_day_takes_the_row_in_whatever_state(conversation: Conversation) -> None:
    assert expire(conversation, 9).removed == (TALK.code,)
