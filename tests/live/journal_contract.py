"""What every journal must do, whatever it stores in: one body of tests, inherited by one class for each storage."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st

from suoja.lib.codes import ConversationCode, DutyCode, HelperCode
from suoja.lib.errors import (
    AtCapacity,
    ConversationGone,
    LineClosed,
    MessageDiffers,
    NobodyWaiting,
    NotForPeers,
    NotOnDuty,
    NotYours,
    OutOfState,
    Unauthorised,
    UnknownLine,
)
from suoja.live.journal import Journal
from suoja.live.lifecycle import State
from suoja.live.operations import ByHelper, ByVisitor, EndDuty, Operation, RenewLease, Sweep
from tests.live.cast import (
    ADULTS,
    HALF_KEY,
    NOW,
    ON_DUTY,
    PEER,
    PROFESSIONAL,
    STRANGER,
    TALK,
    TALKING,
    VISITOR,
    YOUNG,
    accepts,
    closes,
    committed,
    confirms,
    ends,
    events_of,
    is_available,
    later,
    leaves,
    opens,
    outcome_of,
    says,
    seals,
    starts,
)


class JournalContract:
    """Inherit, and give a fixture `fresh` that makes empty journals over `line_rule` of tests/live/asgi.py."""

    @pytest.fixture
    def journal(self, fresh: Callable[[], Journal]) -> Journal:
        return fresh()

    # --- entering and accepting -----------------------------------------------------------------------------------

    def test_a_visitor_enters_the_queue_when_somebody_is_on_duty(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens())
        assert [waiting.code for waiting in journal.waiting(ADULTS)] == [TALK]
        assert events_of(journal) == ["opened"]

    def test_nobody_on_duty_closes_the_line(self, journal: Journal) -> None:
        with pytest.raises(LineClosed, match="nobody_on_duty"):
            outcome_of(journal, opens())

    def test_a_helper_who_is_not_available_opens_no_line(self, journal: Journal) -> None:
        committed(journal, starts())
        with pytest.raises(LineClosed, match="nobody_on_duty"):
            outcome_of(journal, opens())

    def test_a_console_that_answers_no_more_opens_no_line(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY)
        with pytest.raises(LineClosed, match="nobody_on_duty"):
            outcome_of(journal, opens(), at=later(seconds=61))

    def test_a_renewed_lease_keeps_the_line_open(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY)
        committed(journal, RenewLease(PROFESSIONAL.duty), at=later(seconds=50))
        outcome_of(journal, opens(), at=later(seconds=100))

    @pytest.mark.mission("M22")
    def test_a_peer_opens_no_line_of_the_young(self, journal: Journal) -> None:
        committed(journal, starts(PEER), is_available(PEER))
        outcome_of(journal, opens())
        with pytest.raises(LineClosed, match="nobody_on_duty"):
            outcome_of(journal, opens("other", YOUNG))

    def test_a_visitor_who_wants_a_professional_is_not_left_to_wait_for_a_peer(self, journal: Journal) -> None:
        committed(journal, starts(PEER), is_available(PEER))
        with pytest.raises(LineClosed, match="nobody_on_duty"):
            outcome_of(journal, opens(wants_professional=True))

    def test_a_closed_line_says_why(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY)
        with pytest.raises(LineClosed, match="closed_now"):
            outcome_of(journal, opens(line="shut"))

    def test_an_unknown_line_is_refused(self, journal: Journal) -> None:
        with pytest.raises(UnknownLine):
            outcome_of(journal, opens(line="nowhere"))

    def test_the_first_come_is_accepted_first(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens("second"), at=later(seconds=1))
        committed(journal, opens("first"))
        assert outcome_of(journal, accepts()).code == "first"

    def test_who_came_in_the_same_millisecond_keeps_the_order(self, journal: Journal) -> None:
        codes = ["c", "a", "d", "b"]
        committed(journal, *ON_DUTY, *(opens(code) for code in codes))
        assert [waiting.code for waiting in journal.waiting(ADULTS)] == codes

    def test_an_accepted_conversation_is_held_by_the_duty(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens(), accepts())
        assert [held.code for held in journal.held_by(PROFESSIONAL.duty)] == [TALK]
        assert journal.waiting(ADULTS) == []

    def test_accepting_from_an_empty_queue_is_told_so(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY)
        with pytest.raises(NobodyWaiting):
            outcome_of(journal, accepts())

    def test_accepting_without_a_duty_is_refused(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens())
        with pytest.raises(NotOnDuty):
            outcome_of(journal, accepts(PEER))

    def test_accepting_while_not_available_is_refused(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens(), is_available(yes=False))
        with pytest.raises(NotOnDuty):
            outcome_of(journal, accepts())

    def test_accepting_on_a_line_that_is_not_ones_own_is_refused(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens(line=YOUNG), starts(lines=(ADULTS,)))
        with pytest.raises(NotYours):
            outcome_of(journal, accepts(line=YOUNG))

    @pytest.mark.mission("M22")
    def test_a_peer_can_never_accept_on_the_line_of_the_young(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens(line=YOUNG), starts(PEER), is_available(PEER))
        with pytest.raises(NotForPeers):
            outcome_of(journal, accepts(PEER, YOUNG))
        assert outcome_of(journal, accepts(line=YOUNG)).code == TALK

    def test_a_peer_passes_over_who_wants_a_professional(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, starts(PEER), is_available(PEER), opens(wants_professional=True))
        with pytest.raises(NobodyWaiting):
            outcome_of(journal, accepts(PEER))
        committed(journal, opens("next"), at=later(seconds=1))
        assert outcome_of(journal, accepts(PEER)).code == "next"
        assert outcome_of(journal, accepts()).code == TALK

    @pytest.mark.mission("M13")
    def test_one_conversation_at_a_time(self, journal: Journal) -> None:
        committed(journal, *TALKING, opens("next"))
        with pytest.raises(AtCapacity):
            outcome_of(journal, accepts())
        committed(journal, ends())
        assert outcome_of(journal, accepts()).code == "next"

    @pytest.mark.mission("M13")
    def test_a_second_browser_of_the_same_helper_is_no_second_pair_of_hands(self, journal: Journal) -> None:
        second = ByHelper(DutyCode("second"))
        committed(journal, *TALKING, opens("next"), starts(second), is_available(second))
        with pytest.raises(AtCapacity):
            outcome_of(journal, accepts(second))

    def test_a_helper_with_capacity_two_holds_two(self, journal: Journal) -> None:
        committed(journal, starts(capacity=2), is_available(), opens(), opens("next"), accepts(), accepts())
        assert len(journal.held_by(PROFESSIONAL.duty)) == 2

    # --- talking --------------------------------------------------------------------------------------------------

    def test_messages_take_the_next_numbers(self, journal: Journal) -> None:
        committed(journal, *TALKING)
        assert outcome_of(journal, says(VISITOR, ("a", "x"), ("b", "y"))) == (4, 5)
        assert outcome_of(journal, says(PROFESSIONAL, ("a", "z"))) == (6,)

    @pytest.mark.safety(36)
    def test_the_same_id_and_bytes_get_the_original_number(self, journal: Journal) -> None:
        committed(journal, *TALKING, says(VISITOR, ("a", "x")), says(PROFESSIONAL))
        assert outcome_of(journal, says(VISITOR, ("b", "y"), ("a", "x"))) == (6, 4)
        assert events_of(journal).count("said") == 3

    @pytest.mark.safety(36)
    def test_a_message_sent_twice_in_one_request_is_one(self, journal: Journal) -> None:
        committed(journal, *TALKING)
        assert outcome_of(journal, says(VISITOR, ("a", "x"), ("a", "x"))) == (4, 4)

    @pytest.mark.safety(36)
    def test_the_same_id_with_other_bytes_is_refused_and_nothing_of_the_request_is_written(
        self, journal: Journal
    ) -> None:
        committed(journal, *TALKING, says(VISITOR, ("a", "x")))
        with pytest.raises(MessageDiffers):
            outcome_of(journal, says(VISITOR, ("b", "y"), ("a", "other")))
        assert events_of(journal).count("said") == 1

    @pytest.mark.safety(36)
    def test_a_message_sent_again_after_the_end_still_gets_its_number(self, journal: Journal) -> None:
        committed(journal, *TALKING, says(VISITOR, ("a", "x")), ends())
        assert outcome_of(journal, says(VISITOR, ("a", "x"))) == (4,)

    def test_nothing_new_is_said_after_the_end(self, journal: Journal) -> None:
        committed(journal, *TALKING, ends())
        with pytest.raises(OutOfState):
            outcome_of(journal, says())

    def test_nothing_is_said_in_the_queue(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens())
        with pytest.raises(OutOfState):
            outcome_of(journal, says())

    @pytest.mark.mission("M12")
    def test_a_stranger_has_no_seat(self, journal: Journal) -> None:
        committed(journal, *TALKING, starts(PEER))
        for stranger in (STRANGER, PEER):
            for step in (says(stranger), ends(stranger), confirms(stranger, 3)):
                with pytest.raises(NotYours):
                    outcome_of(journal, step)
            with pytest.raises(NotYours):
                journal.seat(TALK, stranger)

    def test_a_conversation_that_never_was_is_gone(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY)
        for step in (says(), ends(), leaves(), confirms(VISITOR, 1), closes(), says(PROFESSIONAL)):
            with pytest.raises(ConversationGone):
                outcome_of(journal, step)

    def test_the_key_is_numbered_and_its_first_write_wins(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens(), accepts())
        assert outcome_of(journal, seals("first")) == (3,)
        assert outcome_of(journal, seals("first")) == (3,)
        with pytest.raises(MessageDiffers):
            outcome_of(journal, seals("second"))

    def test_a_key_for_nobody_is_refused(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens(), accepts())
        with pytest.raises(NotYours):
            outcome_of(journal, seals(recipient="somebody"))

    def test_reading_gives_what_comes_after_a_number(self, journal: Journal) -> None:
        committed(journal, *TALKING, says(VISITOR, ("a", "x"), ("b", "y")))
        reading = journal.read(TALK, 3, 1)
        assert [json.loads(body)["number"] for body in reading.bodies] == [4]
        assert reading.conversation.newest == 5

    # --- ending ---------------------------------------------------------------------------------------------------

    @pytest.mark.parametrize("by", [VISITOR, PROFESSIONAL])
    def test_either_side_ends_it(self, journal: Journal, by: ByVisitor | ByHelper) -> None:
        committed(journal, *TALKING)
        assert outcome_of(journal, ends(by)) == (4,)
        assert journal.read(TALK, 3, 10).conversation.state is State.ENDING

    def test_an_end_sent_again_is_the_same_end(self, journal: Journal) -> None:
        committed(journal, *TALKING, ends())
        assert outcome_of(journal, ends()) == outcome_of(journal, ends(PROFESSIONAL)) == (4,)

    @pytest.mark.mission("M12")
    def test_contents_go_when_both_sides_have_everything(self, journal: Journal) -> None:
        committed(journal, *TALKING, says(), ends(), confirms(VISITOR, 5))
        assert "said" in events_of(journal)
        committed(journal, confirms(PROFESSIONAL, 4))
        assert "said" in events_of(journal)
        committed(journal, confirms(PROFESSIONAL, 5))
        assert events_of(journal) == ["ended"]
        assert journal.read(TALK, 0, 10).conversation.half_key is None

    def test_contents_go_after_two_minutes_at_the_latest(self, journal: Journal) -> None:
        committed(journal, *TALKING, says(), ends())
        committed(journal, Sweep(), at=later(seconds=119))
        assert "said" in events_of(journal)
        committed(journal, RenewLease(PROFESSIONAL.duty), Sweep(), at=later(seconds=121))
        assert events_of(journal) == ["ended"]

    def test_positions_before_the_end_confirm_nothing(self, journal: Journal) -> None:
        committed(journal, *TALKING, confirms(VISITOR, 99), confirms(PROFESSIONAL, 99), says(), ends())
        assert "said" in events_of(journal)

    def test_leaving_the_queue_leaves_nothing(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens())
        assert outcome_of(journal, ends()) == (2,)
        with pytest.raises(ConversationGone):
            journal.read(TALK, 0, 10)

    @pytest.mark.safety(7)
    def test_the_exit_destroys_at_once_and_the_helper_sees_it(self, journal: Journal) -> None:
        committed(journal, *TALKING, says(), leaves())
        [ended] = journal.read(TALK, 0, 10).bodies
        assert json.loads(ended)["how"] == "left_quickly"
        with pytest.raises(ConversationGone):
            outcome_of(journal, says(PROFESSIONAL))

    def test_the_exit_from_the_queue_leaves_nothing(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens(), leaves())
        with pytest.raises(ConversationGone):
            journal.read(TALK, 0, 10)

    def test_closing_takes_the_row(self, journal: Journal) -> None:
        committed(journal, *TALKING, leaves(), closes())
        assert journal.held_by(PROFESSIONAL.duty) == []

    def test_a_running_talk_can_not_be_closed(self, journal: Journal) -> None:
        committed(journal, *TALKING)
        with pytest.raises(OutOfState):
            outcome_of(journal, closes())

    def test_an_ended_row_goes_within_a_day_unclosed(self, journal: Journal) -> None:
        committed(journal, *TALKING, leaves())
        committed(journal, RenewLease(PROFESSIONAL.duty), at=later(hours=24))
        committed(journal, Sweep(), at=later(hours=24, seconds=1))
        assert journal.held_by(PROFESSIONAL.duty) == []

    def test_what_nobody_ended_goes_within_a_day(self, journal: Journal) -> None:
        committed(journal, *TALKING, opens("waiting"))
        committed(journal, RenewLease(PROFESSIONAL.duty), at=later(hours=24))
        committed(journal, Sweep(), at=later(hours=24, seconds=1))
        for code in (TALK, "waiting"):
            with pytest.raises(ConversationGone):
                journal.read(ConversationCode(code), 0, 10)

    # --- duties ---------------------------------------------------------------------------------------------------

    def test_a_reloaded_console_takes_its_duty_up_again(self, journal: Journal) -> None:
        committed(journal, *TALKING)
        state = outcome_of(journal, starts())
        assert state.is_available
        assert [held.code for held in state.conversations] == [TALK]

    def test_an_ended_duty_can_do_nothing_more(self, journal: Journal) -> None:
        committed(journal, *TALKING, EndDuty(PROFESSIONAL.duty))
        for step in (starts(), is_available(), accepts(), says(PROFESSIONAL), RenewLease(PROFESSIONAL.duty)):
            with pytest.raises(Unauthorised):
                outcome_of(journal, step)

    def test_the_talk_of_an_ended_duty_ends_by_the_service(self, journal: Journal) -> None:
        committed(journal, *TALKING, says(), EndDuty(PROFESSIONAL.duty))
        assert json.loads(journal.read(TALK, 4, 1).bodies[0])["how"] == "ended_by_service"
        committed(journal, Sweep(), at=later(minutes=3))
        with pytest.raises(ConversationGone):  # nobody is left who could close the row
            journal.read(TALK, 0, 10)

    def test_an_ended_duty_takes_its_ended_rows_along(self, journal: Journal) -> None:
        committed(journal, *TALKING, leaves(), EndDuty(PROFESSIONAL.duty))
        assert journal.held_by(PROFESSIONAL.duty) == []

    def test_a_lost_console_keeps_its_talk_for_half_an_hour(self, journal: Journal) -> None:
        committed(journal, *TALKING)
        committed(journal, Sweep(), at=later(minutes=30, seconds=59))
        assert journal.read(TALK, 0, 10).conversation.state is State.ACTIVE
        committed(journal, Sweep(), at=later(minutes=31, seconds=1))
        assert journal.read(TALK, 0, 10).conversation.state is State.ENDING

    def test_who_signs_in_anew_leaves_the_lost_duty_behind(self, journal: Journal) -> None:
        anew = ByHelper(DutyCode("anew"))
        committed(journal, *TALKING, opens("next"))
        committed(journal, starts(anew), is_available(anew), at=later(seconds=61))
        assert journal.read(TALK, 0, 10).conversation.state is State.ENDING
        assert outcome_of(journal, accepts(anew), at=later(seconds=61)).code == "next"

    def test_a_duty_row_goes_after_its_last_grant(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, EndDuty(PROFESSIONAL.duty))
        committed(journal, Sweep(), at=later(seconds=599))
        assert journal.duty(PROFESSIONAL.duty) is not None
        committed(journal, Sweep(), at=later(seconds=601))
        assert journal.duty(PROFESSIONAL.duty) is None

    def test_ending_a_duty_that_never_began_is_nothing(self, journal: Journal) -> None:
        committed(journal, EndDuty(DutyCode("never")))

    # --- batches --------------------------------------------------------------------------------------------------

    def test_a_refused_operation_disturbs_no_other(self, journal: Journal) -> None:
        committed(journal, *TALKING)
        steps = [says(VISITOR, ("a", "x")), says(STRANGER), accepts(), says(VISITOR, ("b", "y"))]
        outcomes = journal.apply(steps, NOW)
        assert [type(outcome.error) for outcome in outcomes] == [type(None), NotYours, AtCapacity, type(None)]
        assert events_of(journal).count("said") == 2

    @pytest.mark.safety(25)
    def test_twenty_helpers_in_one_batch_have_one_winner(self, journal: Journal) -> None:
        helpers = [ByHelper(DutyCode(f"duty-{index}")) for index in range(20)]
        for helper in helpers:
            committed(journal, starts(helper, helper=HelperCode(helper.duty)), is_available(helper))
        committed(journal, opens())
        outcomes = journal.apply([accepts(helper) for helper in helpers], NOW)
        assert [outcome.error is None for outcome in outcomes].count(True) == 1
        assert {type(outcome.error) for outcome in outcomes if outcome.error} == {NobodyWaiting}

    def test_the_half_key_is_kept_while_the_talk_lives(self, journal: Journal) -> None:
        committed(journal, *TALKING)
        assert journal.seat(TALK, VISITOR).conversation.half_key == HALF_KEY


_sides = st.sampled_from([VISITOR, PROFESSIONAL])
_messages = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("xy")), min_size=1, max_size=4)
_said = st.builds(lambda by, many: says(by, *many), _sides, _messages)
_other = st.sampled_from([seals(), seals("other"), accepts(), confirms(VISITOR, 2), opens("next"), opens()])
batches = st.lists(st.lists(st.one_of(_said, _said, _other), max_size=5), max_size=6)
"""Batches of operations of both sides, good and bad, in any order."""


def numbers_stay_gap_free(journal: Journal, given: list[list[Operation[Any]]]) -> None:
    """Whatever is interleaved and refused: numbers have no gap, and no message stands in the log twice."""
    committed(journal, *TALKING)
    for seconds, batch in enumerate(given):
        journal.apply(batch, later(seconds=seconds))
    log = [json.loads(body) for body in journal.read(TALK, 0, 10_000).bodies]
    assert [event["number"] for event in log] == list(range(1, len(log) + 1))
    said = [(event["sender"], event["id"]) for event in log if event["event"] == "said"]
    assert len(said) == len(set(said))
