"""Rules alone; what they do in a journal is in journal_contract.py and queue_contract.py."""

import msgspec
import pytest
from msgspec.structs import replace

from suoja.lib.errors import LogFull
from suoja.live.endings import begin_ending
from suoja.live.lifecycle import State
from suoja.live.limits import MAX_ENTRIES
from suoja.live.records import Conversation
from suoja.live.requeue import requeue
from suoja.live.rules import (
    accept_next,
    is_answered,
    key_mark,
    languages_answered,
    opened_before,
    put_key,
    say,
    shown_role,
)
from suoja.live.seats import Seat
from suoja.live.wire import Message
from tests.live.cast import ADULTS, HELPER, VISITOR, YOUNG, Answer, accepts, opens, seals
from tests.live.test_duties import duty
from tests.live.test_entries import TALK

NOW = 50


def answered(*, wants_professional: bool = False, peers_may_answer: bool = True, **changes: Answer) -> bool:
    duties = [duty(**changes)]
    return is_answered(ADULTS, duties, NOW, wants_professional=wants_professional, peers_may_answer=peers_may_answer)


def test_a_professional_who_is_available_answers() -> None:
    assert answered()
    assert answered(wants_professional=True, peers_may_answer=False)


@pytest.mark.parametrize(
    "change", [{"is_available": False}, {"ended_at": 1}, {"lease_until": NOW}, {"lines": (YOUNG,)}]
)
def test_who_is_not_there_or_not_for_this_line_does_not(change: dict[str, Answer]) -> None:
    assert not answered(**change)


@pytest.mark.mission("M22")
def test_a_peer_answers_only_where_peers_may_and_who_does_not_want_a_professional() -> None:
    assert answered(role="peer")
    assert not answered(role="peer", peers_may_answer=False)
    assert not answered(role="peer", wants_professional=True)


@pytest.mark.safety(11)
def test_a_line_is_answered_in_what_those_write_who_are_there() -> None:
    there = [duty(languages=("en", "fi")), duty("another", languages=("sv",))]
    assert languages_answered(ADULTS, there, NOW, peers_may_answer=True) == ("fi", "sv", "en")
    away = [duty(is_available=False), duty(lease_until=NOW), duty(ended_at=1), duty(lines=(YOUNG,))]
    assert languages_answered(ADULTS, [*away, there[0]], NOW, peers_may_answer=True) == ("fi", "en")
    assert languages_answered(ADULTS, away, NOW, peers_may_answer=True) == ()


@pytest.mark.mission("M22")
def test_a_peer_adds_no_language_where_peers_do_not_answer() -> None:
    there = [duty(languages=("fi",)), duty("peer", role="peer", languages=("sv",))]
    assert languages_answered(ADULTS, there, NOW, peers_may_answer=False) == ("fi",)


@pytest.mark.mission("M7")
@pytest.mark.parametrize(("role", "shown"), [("peer", "peer"), ("professional", "professional")])
def test_a_peer_is_always_shown_as_one(role: str, shown: str) -> None:
    assert shown_role(duty(role=role)) == shown


def test_no_message_id_can_be_taken_for_a_key() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"id": key_mark(2), "sealed": "x"}, Message)


# --- a full log -----------------------------------------------------------------------------------------------------

FULL = replace(TALK, newest=MAX_ENTRIES, helper=HELPER, keyed_at=2)


def visitor_in(conversation: Conversation) -> Seat:
    return Seat(conversation, VISITOR.participant, is_visitor=True)


def test_a_log_is_full_at_some_point() -> None:
    two = (Message("a", "x"), Message("b", "y"))
    with pytest.raises(LogFull):
        say(visitor_in(replace(FULL, newest=MAX_ENTRIES - 1)), {}, two, 0)
    assert say(visitor_in(replace(FULL, newest=MAX_ENTRIES - 2)), {}, two, 0).result == (MAX_ENTRIES - 1, MAX_ENTRIES)


def test_a_full_log_takes_what_is_not_said() -> None:
    assert begin_ending(FULL, "visitor_ended", 0).saved[0].state is State.ENDING
    assert put_key(visitor_in(FULL), None, seals(), 0).result == (MAX_ENTRIES + 1,)
    [waiting] = requeue(FULL, "helper_lost", 0).saved
    [taken] = accept_next(duty(), [waiting], accepts(), 0).saved
    assert taken.newest == MAX_ENTRIES + 2


def test_asking_again_changes_nothing() -> None:
    change = opened_before(TALK, opens())
    assert (change.result, change.saved, change.news) == (TALK, (), ())
