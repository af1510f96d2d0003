"""What every journal must do, whatever it stores in: one body of tests, inherited by one class for each storage."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import strategies as st
from msgspec.structs import replace

from suoja.lib.codes import ConversationCode, DutyCode, HelperCode
from suoja.lib.errors import (
    AtCapacity,
    ConversationGone,
    MessageDiffers,
    NobodyWaiting,
    NotYours,
    OutOfState,
)
from suoja.live.journal import Journal
from suoja.live.lifecycle import State
from suoja.live.limits import SWEPT_AT_ONCE
from suoja.live.operations import ByHelper, ByVisitor, CatchUp, EndDuty, Operation, Sweep
from suoja.live.records import Change, Conversation
from tests.live.cast import (
    ADULTS,
    HALF_KEY,
    NOW,
    ON_DUTY,
    PEER,
    PROFESSIONAL,
    STANDING,
    STRANGER,
    TALK,
    TALKING,
    VISITOR,
    accepts,
    answers,
    closes,
    committed,
    confirms,
    ends,
    events_of,
    is_available,
    is_lost,
    later,
    leaves,
    opens,
    outcome_of,
    parks,
    resumes,
    says,
    seals,
    standing_row,
    starts,
)
from tests.live.queue_contract import QueueContract
from tests.live.requeue_contract import RequeueContract
from tests.live.seat_contract import SeatContract
from tests.live.standing_contract import WITHOUT_THE_LINE, StandingContract


class JournalContract(QueueContract, SeatContract, RequeueContract, StandingContract):
    """Inherit, and give a fixture `fresh` that makes empty journals over `line_rule` of tests/live/asgi.py."""

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
        committed(journal, answers(), Sweep(), at=later(seconds=121))
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
        committed(journal, answers(), at=later(hours=24))
        committed(journal, Sweep(), at=later(hours=24, seconds=1))
        assert journal.held_by(PROFESSIONAL.duty) == []

    def test_what_nobody_ended_goes_within_a_day(self, journal: Journal) -> None:
        committed(journal, *TALKING, opens("waiting"))
        committed(journal, answers(), at=later(hours=24))
        committed(journal, Sweep(), at=later(hours=24, seconds=1))
        for code in (TALK, "waiting"):
            with pytest.raises(ConversationGone):
                journal.read(ConversationCode(code), 0, 10)

    def test_one_sweep_takes_so_many_of_each_kind_and_the_next_the_rest(self, journal: Journal) -> None:
        many = SWEPT_AT_ONCE + 20
        standing = replace(STANDING, capacity=many)
        committed(journal, *ON_DUTY, *(opens(f"talk-{index}") for index in range(many)))
        committed(journal, *(accepts(standing=standing) for _ in range(many)))
        committed(journal, *(ends(PROFESSIONAL, f"talk-{index}") for index in range(many)))
        due = later(minutes=3)
        assert [outcome_of(journal, Sweep(), at=due) for _ in range(3)] == [SWEPT_AT_ONCE, 20, 0]
        committed(journal, answers(), at=later(hours=24, minutes=4))
        old = later(hours=24, minutes=4)
        assert [outcome_of(journal, Sweep(), at=old) for _ in range(3)] == [SWEPT_AT_ONCE, 20, 0]

    # --- what another process has ended ---------------------------------------------------------------------------

    def test_an_end_that_another_process_has_brought_about_is_told(self, journal: Journal) -> None:
        committed(journal, *TALKING, says(), ends())
        known = standing_row(journal)
        committed(journal, answers(), Sweep(), at=later(minutes=3))
        [outcome] = journal.apply([CatchUp(known)], later(minutes=4))
        assert outcome.change is not None
        [saved], [news] = outcome.change.saved, outcome.change.news
        assert saved == standing_row(journal)
        assert (news.conversation, news.duty, news.state) == (TALK, PROFESSIONAL.duty, State.ENDED)
        assert [news.body] == journal.read(TALK, 0, 10).bodies

    def test_what_another_process_has_removed_is_told_as_ending_now_and_never_opens_again(
        self, journal: Journal
    ) -> None:
        committed(journal, *ON_DUTY, opens())
        never_there = replace(standing_row(journal), code=ConversationCode("never-there"))
        [outcome] = journal.apply([CatchUp(never_there)], NOW)
        assert outcome.change is not None
        assert outcome.change.removed == (never_there.code,)
        assert outcome.change.queues == {never_there.line}
        ended = json.loads(outcome.change.news[0].body)
        assert (ended["event"], ended["number"], ended["how"]) == ("ended", 2, "ended_by_service")
        with pytest.raises(ConversationGone):
            outcome_of(journal, opens("never-there"))

    def test_nothing_is_told_of_what_lives_or_has_been_told(self, journal: Journal) -> None:
        committed(journal, *TALKING)
        talking = standing_row(journal)
        committed(journal, leaves())
        ended = standing_row(journal)
        committed(journal, opens("lives"))
        for known in (ended, standing_row(journal, "lives")):
            [outcome] = journal.apply([CatchUp(known)], NOW)
            assert outcome.change == Change()
        assert journal.apply([CatchUp(talking)], NOW)[0].change != Change()

    # --- batches --------------------------------------------------------------------------------------------------

    def test_a_refused_operation_disturbs_no_other(self, journal: Journal) -> None:
        committed(journal, *TALKING)
        steps = [says(VISITOR, ("a", "x")), says(STRANGER), accepts(), says(VISITOR, ("b", "y"))]
        outcomes = journal.apply(steps, NOW)
        assert [type(outcome.error) for outcome in outcomes] == [type(None), NotYours, AtCapacity, type(None)]
        assert events_of(journal).count("said") == 2

    @pytest.mark.safety(25)
    def test_twenty_helpers_in_one_batch_have_one_winner(self, journal: Journal) -> None:
        helpers = [ByHelper(DutyCode(f"duty-{index}"), 1) for index in range(20)]
        for helper in helpers:
            committed(journal, starts(helper, helper=HelperCode(helper.duty)), is_available(helper))
        committed(journal, opens())
        outcomes = journal.apply([accepts(helper) for helper in helpers], NOW)
        assert [outcome.error is None for outcome in outcomes].count(True) == 1
        assert {type(outcome.error) for outcome in outcomes if outcome.error} == {NobodyWaiting}

    def test_the_half_key_is_kept_while_the_talk_lives(self, journal: Journal) -> None:
        committed(journal, *TALKING)
        assert journal.seat(TALK, VISITOR).conversation.half_key == HALF_KEY


_sides = st.sampled_from([VISITOR, replace(VISITOR, epoch=2), PROFESSIONAL, replace(PROFESSIONAL, epoch=2)])
_messages = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("xy")), min_size=1, max_size=4)
_said = st.builds(lambda by, many: says(by, *many), _sides, _messages)
_key = st.builds(seals, st.sampled_from(["one", "other"]), answers=st.integers(2, 8), epoch=st.integers(1, 2))
_page = st.sampled_from([resumes(), starts(), starts(public_key="C" * 87), *ON_DUTY])
_stands = st.sampled_from([replace(WITHOUT_THE_LINE, lines=lines) for lines in ((), (ADULTS,))])
_queue = st.sampled_from([accepts(), accepts(replace(PROFESSIONAL, epoch=2)), opens("next"), opens(), parks()])
_going_on = st.one_of(_said, _said, _key, _page, _queue, st.just(confirms(VISITOR, 2)))
batches = st.lists(st.lists(_going_on, max_size=5), max_size=6)
"""Batches of operations of both sides and their pages, good and bad, in any order."""

_over = st.sampled_from([EndDuty(PROFESSIONAL.duty), ends(), ends(PROFESSIONAL), leaves(), is_lost(), closes()])
_confirmed = st.builds(confirms, st.sampled_from([VISITOR, PROFESSIONAL]), st.integers(0, 9))
_duties = st.sampled_from([starts(PEER), is_available(PEER), accepts(PEER), EndDuty(PEER.duty), parks(PEER)])
_moved = st.builds(lambda standing: answers(standing=standing), _stands)
_time = st.sampled_from([Sweep(), Sweep(frozenset([PROFESSIONAL.duty, PEER.duty]))])
lives = st.lists(
    st.tuples(st.one_of(_going_on, _over, _confirmed, _duties, _moved, _time), st.integers(0, 200)), max_size=25
)
"""Everything that can happen to conversations and duties, in any order, and so many seconds before each."""


def numbers_stay_gap_free(journal: Journal, given: list[list[Operation[Any]]]) -> None:
    """Whatever is interleaved and refused: numbers have no gap, and no message stands in the log twice."""
    committed(journal, *TALKING)
    for seconds, batch in enumerate(given):
        journal.apply(batch, later(seconds=seconds))
    log = [json.loads(body) for body in journal.read(TALK, 0, 10_000).bodies]
    assert [event["number"] for event in log] == list(range(1, len(log) + 1))
    said = [(event["sender"], event["id"]) for event in log if event["event"] == "said"]
    assert len(said) == len(set(said))


def nothing_is_left_half_done(journal: Journal, given: list[tuple[Operation[Any], int]]) -> None:
    """Whatever happens, in any order: every row is of one piece, and a key is asked for that the helper can open."""
    committed(journal, *TALKING)
    seconds = 0
    for step, pause in given:
        seconds += pause
        journal.apply([step], later(seconds=seconds))
        for row in rows_of(journal, TALK, "next"):
            is_of_one_piece(journal, row)


def rows_of(journal: Journal, *codes: str) -> list[Conversation]:
    """Return those of some conversations that still have a row."""
    rows = []
    for code in codes:
        with contextlib.suppress(ConversationGone):
            rows.append(journal.read(ConversationCode(code), 0, 1).conversation)
    return rows


def is_of_one_piece(journal: Journal, row: Conversation) -> None:
    duty = journal.duty(row.duty) if row.duty else None
    assert (row.half_key is None) == (row.state is State.ENDED)
    assert (row.duty is None) == (row.helper is None) == (row.state is State.WAITING)
    if row.state is State.ACTIVE or row.state is State.ENDED:
        assert duty is not None
        assert duty.ended_at is None
        assert row.state is State.ENDED or row.line in duty.standing.lines
    if row.state is State.ACTIVE and duty is not None:
        [answered] = (json.loads(body) for body in journal.read(row.code, row.keyed_at - 1, 1).bodies)
        assert (answered["participant"], answered["public_key"]) == (row.helper, duty.public_key)
