"""What every journal must do about helpers who are lost and visitors who are away. Inherited by JournalContract."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from suoja.lib.codes import DutyCode
from suoja.lib.errors import (
    AtCapacity,
    ConversationGone,
    NobodyWaiting,
    NotYours,
    OutOfState,
    Unauthorised,
    VisitorPresent,
)
from suoja.live.journal import Journal
from suoja.live.lifecycle import State
from suoja.live.operations import ByHelper, EndDuty, Operation, Sweep
from tests.live.cast import (
    ADULTS,
    HALF_KEY,
    NOW,
    ON_DUTY,
    PEER,
    PROFESSIONAL,
    STANDING,
    TALK,
    TALKING,
    VISITOR,
    accepts,
    committed,
    ends,
    events_of,
    is_available,
    is_lost,
    last_event,
    later,
    leaves,
    opens,
    order,
    outcome_of,
    parks,
    says,
    seals,
    standing_row,
    starts,
)

ANEW = ByHelper(DutyCode("anew"), 1)
NEW_KEY = "C" * 87
LOSES = Sweep(frozenset([PROFESSIONAL.duty]))
REQUEUED = (*TALKING, EndDuty(PROFESSIONAL.duty))
"""After these the log stands at 4: opened, accepted, key, requeued."""


class RequeueContract:
    """A talk without a helper waits first; a visitor who is away keeps the place for a while."""

    # --- a helper who is lost -------------------------------------------------------------------------------------

    @pytest.mark.safety(30)
    def test_the_talk_of_an_ended_duty_waits_again_with_its_log_and_its_key(self, journal: Journal) -> None:
        committed(journal, *REQUEUED)
        talk = standing_row(journal)
        assert events_of(journal) == ["opened", "accepted", "key", "requeued"]
        assert last_event(journal)["why"] == "helper_lost"
        assert (talk.state, talk.duty, talk.helper, talk.half_key) == (State.WAITING, None, None, HALF_KEY)

    @pytest.mark.safety(30)
    def test_who_waits_again_is_before_all_who_have_only_waited(self, journal: Journal) -> None:
        committed(journal, *TALKING, opens("early"), at=NOW)
        committed(journal, opens("late"), at=later(seconds=30))
        committed(journal, EndDuty(PROFESSIONAL.duty), at=later(minutes=2))
        assert order(journal) == [TALK, "early", "late"]
        assert journal.waiting(ADULTS)[0].queued_at > journal.waiting(ADULTS)[1].queued_at

    @pytest.mark.safety(30)
    def test_of_two_who_wait_again_the_one_who_has_longer_is_first(self, journal: Journal) -> None:
        two = replace(STANDING, capacity=2)
        committed(journal, *ON_DUTY, opens("a"), opens("b"), accepts(standing=two), starts(ANEW), is_available(ANEW))
        committed(journal, replace(accepts(ANEW), standing=two), EndDuty(ANEW.duty), at=later(minutes=1))
        committed(journal, EndDuty(PROFESSIONAL.duty), at=later(minutes=2))
        assert order(journal) == ["b", "a"]

    def test_both_who_had_it_are_told_that_it_waits(self, journal: Journal) -> None:
        committed(journal, *TALKING)
        [outcome] = journal.apply([EndDuty(PROFESSIONAL.duty)], NOW)
        assert outcome.change is not None
        [news] = outcome.change.news
        assert (news.conversation, news.duty, news.state) == (TALK, PROFESSIONAL.duty, State.WAITING)
        assert outcome.change.queues == {ADULTS}

    @pytest.mark.safety(30)
    def test_the_next_helper_reads_everything_and_is_sealed_to(self, journal: Journal) -> None:
        committed(journal, *TALKING, says(), EndDuty(PROFESSIONAL.duty), starts(ANEW, public_key=NEW_KEY))
        taken = committed(journal, is_available(ANEW), accepts(ANEW))[-1]
        assert (taken.code, taken.newest, taken.keyed_at) == (TALK, 6, 6)
        with pytest.raises(OutOfState):
            outcome_of(journal, seals("late", answers=5))
        assert outcome_of(journal, seals("anew", answers=6)) == (7,)
        assert events_of(journal) == ["opened", "accepted", "key", "said", "requeued", "accepted", "key"]
        assert outcome_of(journal, says(ANEW)) == (8,)

    @pytest.mark.mission("M12")
    def test_who_has_lost_a_talk_has_no_seat_in_it(self, journal: Journal) -> None:
        committed(journal, *REQUEUED)
        with pytest.raises(Unauthorised):
            outcome_of(journal, says(PROFESSIONAL))

    def test_nothing_is_said_or_sealed_while_it_waits_again(self, journal: Journal) -> None:
        committed(journal, *REQUEUED)
        for step in (says(VISITOR, ("new", "x")), seals("new", answers=4)):
            with pytest.raises(OutOfState):
                outcome_of(journal, step)

    @pytest.mark.safety(36)
    def test_what_was_said_before_keeps_its_number_while_it_waits_again(self, journal: Journal) -> None:
        committed(journal, *TALKING, says(VISITOR, ("a", "x")), EndDuty(PROFESSIONAL.duty))
        assert outcome_of(journal, says(VISITOR, ("a", "x"))) == (4,)

    @pytest.mark.mission("M12")
    @pytest.mark.parametrize("step", [ends(), leaves(), is_lost()])
    def test_who_leaves_while_waiting_again_leaves_nothing(self, journal: Journal, step: Operation[Any]) -> None:
        committed(journal, *REQUEUED, step)
        with pytest.raises(ConversationGone):
            journal.read(TALK, 0, 10)
        assert journal.living() == []

    def test_an_ending_goes_on_without_its_helper(self, journal: Journal) -> None:
        committed(journal, *TALKING, says(), ends(), EndDuty(PROFESSIONAL.duty))
        assert events_of(journal)[-2:] == ["said", "ending"]
        committed(journal, Sweep(), at=later(minutes=3))
        with pytest.raises(ConversationGone):  # nobody is left who could close the row
            journal.read(TALK, 0, 10)

    @pytest.mark.safety(30)
    def test_a_silent_console_is_lost_when_its_lease_has_run_out(self, journal: Journal) -> None:
        committed(journal, *TALKING)
        committed(journal, LOSES, at=later(seconds=59))
        assert standing_row(journal).state is State.ACTIVE
        committed(journal, LOSES, at=later(seconds=60))
        assert standing_row(journal).state is State.WAITING

    @pytest.mark.safety(30)
    def test_a_console_is_lost_too_when_the_clock_was_set_back(self, journal: Journal) -> None:
        committed(journal, *TALKING)
        committed(journal, LOSES, at=later(hours=-2))
        assert standing_row(journal).state is State.WAITING

    @pytest.mark.safety(30)
    @pytest.mark.parametrize("sweep", [Sweep(lost=None), Sweep(lost=frozenset())])
    def test_no_console_is_lost_by_the_hour_alone(self, journal: Journal, sweep: Sweep) -> None:
        committed(journal, *TALKING)
        committed(journal, sweep, at=later(hours=23))
        assert standing_row(journal).state is State.ACTIVE

    def test_a_duty_of_which_nothing_was_heard_for_a_day_is_over(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY)
        committed(journal, Sweep(lost=None), at=later(hours=24, seconds=61))
        assert journal.running_duties() == []

    @pytest.mark.safety(30)
    @pytest.mark.parametrize(("silent", "seconds"), [({PROFESSIONAL.duty}, 0), (set(), 61)])
    def test_who_signs_in_anew_leaves_a_silent_duty_behind(
        self, journal: Journal, silent: set[DutyCode], seconds: int
    ) -> None:
        committed(journal, *TALKING, opens("next"))
        committed(journal, starts(ANEW, silent=frozenset(silent)), is_available(ANEW), at=later(seconds=seconds))
        assert outcome_of(journal, accepts(ANEW), at=later(seconds=seconds)).code == TALK
        assert [duty.code for duty in journal.running_duties()] == [ANEW.duty]

    @pytest.mark.mission("M13")
    def test_who_signs_in_anew_beside_a_console_that_answers_has_no_second_pair_of_hands(
        self, journal: Journal
    ) -> None:
        committed(journal, *TALKING, opens("next"), starts(ANEW), is_available(ANEW))
        with pytest.raises(AtCapacity):
            outcome_of(journal, accepts(ANEW))
        assert standing_row(journal).state is State.ACTIVE

    def test_nobody_elses_silent_duty_is_left_behind(self, journal: Journal) -> None:
        committed(journal, *TALKING, starts(PEER, silent=frozenset([PROFESSIONAL.duty])))
        assert standing_row(journal).state is State.ACTIVE

    # --- a visitor who is away ------------------------------------------------------------------------------------

    @pytest.mark.safety(13)
    def test_who_is_away_is_passed_over_and_keeps_the_place(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, *(opens(code) for code in "abc"))
        assert outcome_of(journal, accepts(PROFESSIONAL, ADULTS, None, "a")).code == "b"
        assert order(journal) == ["a", "c"]

    def test_when_all_are_away_nobody_waits(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens())
        with pytest.raises(NobodyWaiting):
            outcome_of(journal, accepts(PROFESSIONAL, ADULTS, None, TALK))

    def test_a_visitor_who_has_been_away_for_ten_minutes_can_be_parked(self, journal: Journal) -> None:
        committed(journal, *TALKING, opens("next"))
        assert outcome_of(journal, parks(away_for=600)) == (4,)
        assert last_event(journal)["why"] == "parked"
        assert order(journal) == [TALK, "next"]
        assert outcome_of(journal, accepts(PROFESSIONAL, ADULTS, None, TALK)).code == "next"

    def test_a_visitor_is_not_parked_before(self, journal: Journal) -> None:
        committed(journal, *TALKING)
        with pytest.raises(VisitorPresent):
            outcome_of(journal, parks(away_for=599.9))
        assert standing_row(journal).state is State.ACTIVE

    def test_what_is_ending_or_not_ones_own_is_not_parked(self, journal: Journal) -> None:
        committed(journal, *TALKING, starts(PEER))
        with pytest.raises(NotYours):
            outcome_of(journal, parks(PEER))
        committed(journal, ends())
        with pytest.raises(OutOfState):
            outcome_of(journal, parks())

    def test_a_visitor_who_stays_away_is_waited_for_no_more(self, journal: Journal) -> None:
        committed(journal, *TALKING, is_lost())
        assert (last_event(journal)["event"], last_event(journal)["how"]) == ("ending", "visitor_lost")
        with pytest.raises(OutOfState):
            outcome_of(journal, is_lost())
        committed(journal, Sweep(), at=later(seconds=121))
        assert last_event(journal)["how"] == "visitor_lost"

    @pytest.mark.safety(13)
    def test_a_place_is_given_up_and_the_rest_move_up(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens("a"), opens("b"))
        [outcome] = journal.apply([is_lost("a")], NOW)
        assert outcome.change is not None
        assert json.loads(outcome.change.news[0].body)["how"] == "visitor_lost"
        assert outcome.change.queues == {ADULTS}
        assert order(journal) == ["b"]

    # --- what lives -----------------------------------------------------------------------------------------------

    def test_what_lives_is_told_in_the_order_of_the_queues(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens("left"), opens(), leaves("left"), accepts(), opens("a"))
        committed(journal, EndDuty(PROFESSIONAL.duty), at=later(seconds=1))
        assert [living.code for living in journal.living()] == [TALK, "a"]
        assert journal.living() == journal.waiting(ADULTS)

    def test_an_ended_row_does_not_live_and_a_running_duty_is_told(self, journal: Journal) -> None:
        committed(journal, *TALKING, leaves())
        assert journal.living() == []
        assert [(duty.code, duty.epoch) for duty in journal.running_duties()] == [(PROFESSIONAL.duty, 1)]
