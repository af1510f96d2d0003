"""What every journal must do about entering, accepting and duties. Inherited by JournalContract."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from suoja.lib.codes import DutyCode, HelperCode, LineCode
from suoja.lib.errors import (
    AtCapacity,
    LineClosed,
    NobodyWaiting,
    NotForPeers,
    NotOnDuty,
    NotYours,
    SuojaError,
    Unauthorised,
    UnknownLine,
)
from suoja.lib.grants import Standing
from suoja.live.journal import Journal
from suoja.live.limits import SWEPT_AT_ONCE
from suoja.live.operations import ByHelper, EndDuty, Operation, Sweep
from tests.live.cast import (
    ADULTS,
    ON_DUTY,
    PEER,
    PROFESSIONAL,
    STANDING,
    TALK,
    TALKING,
    YOUNG,
    accepts,
    answers,
    committed,
    ends,
    events_of,
    is_available,
    later,
    leaves,
    opens,
    outcome_of,
    says,
    starts,
)

AFTERWARDS: dict[str, tuple[Standing, dict[LineCode, type[SuojaError]]]] = {
    "as before": (STANDING, {}),
    "made a peer": (replace(STANDING, role="peer"), {YOUNG: NotForPeers}),
    "made a peer, given a peer's lines": (replace(STANDING, role="peer", lines=(ADULTS,)), {YOUNG: NotYours}),
    "without the line of the young": (replace(STANDING, lines=(ADULTS,)), {YOUNG: NotYours}),
    "without a line": (replace(STANDING, lines=()), {ADULTS: NotYours, YOUNG: NotYours}),
}
"""What a professional on both lines may be afterwards, and what keeps them from a line then."""


def standing_kept(journal: Journal) -> Standing | None:
    """Return how the journal says that the professional stands."""
    duty = journal.duty(PROFESSIONAL.duty)
    return duty.standing if duty else None


class QueueContract:
    """Who gets in, who accepts, and what a duty is."""

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
        committed(journal, answers(), at=later(seconds=50))
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
        committed(journal, *ON_DUTY, opens(line=YOUNG))
        with pytest.raises(NotYours):
            outcome_of(journal, accepts(line=YOUNG, standing=replace(STANDING, lines=(ADULTS,))))

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
        second = ByHelper(DutyCode("second"), 1)
        committed(journal, *TALKING, opens("next"), starts(second), is_available(second))
        with pytest.raises(AtCapacity):
            outcome_of(journal, accepts(second))

    def test_a_helper_with_capacity_two_holds_two(self, journal: Journal) -> None:
        two = accepts(standing=replace(STANDING, capacity=2))
        committed(journal, *ON_DUTY, opens(), opens("next"), two, two)
        assert len(journal.held_by(PROFESSIONAL.duty)) == 2

    # --- an account that was changed while its duty runs ----------------------------------------------------------

    @pytest.mark.mission("M22")
    @pytest.mark.safety(24)
    @pytest.mark.parametrize("line", [ADULTS, YOUNG])
    @pytest.mark.parametrize("shown", [*AFTERWARDS])
    def test_a_helper_accepts_as_the_grant_shown_now_says(self, journal: Journal, shown: str, line: LineCode) -> None:
        standing, refusals = AFTERWARDS[shown]
        committed(journal, *ON_DUTY, opens(line=line))
        if line not in refusals:
            assert outcome_of(journal, accepts(line=line, standing=standing)).code == TALK
            assert standing_kept(journal) == standing
            return
        with pytest.raises(refusals[line]):
            outcome_of(journal, accepts(line=line, standing=standing))
        assert [waiting.code for waiting in journal.waiting(line)] == [TALK]

    @pytest.mark.mission("M22")
    @pytest.mark.safety(24)
    @pytest.mark.parametrize("line", [ADULTS, YOUNG])
    @pytest.mark.parametrize("shown", [*AFTERWARDS])
    @pytest.mark.parametrize("command", ["available", "here", "on-duty"])
    def test_a_helper_opens_the_lines_that_the_grant_shown_now_says(
        self, journal: Journal, command: str, shown: str, line: LineCode
    ) -> None:
        standing, refusals = AFTERWARDS[shown]
        committed(journal, *ON_DUTY)
        commands: dict[str, Operation[Any]] = {
            "available": is_available(standing=standing),
            "here": answers(standing=standing),
            "on-duty": replace(starts(), standing=standing),
        }
        committed(journal, commands[command])
        assert standing_kept(journal) == standing
        if line in refusals:
            with pytest.raises(LineClosed, match="nobody_on_duty"):
                outcome_of(journal, opens(line=line))
        else:
            outcome_of(journal, opens(line=line))

    @pytest.mark.mission("M22")
    def test_who_was_made_a_peer_passes_over_who_wants_a_professional(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens(wants_professional=True))
        with pytest.raises(NobodyWaiting):
            outcome_of(journal, accepts(standing=replace(STANDING, role="peer")))

    @pytest.mark.mission("M7")
    def test_a_visitor_is_told_the_role_and_the_name_of_now(self, journal: Journal) -> None:
        names = {"fi": "Chatvertainen Aino"}
        committed(journal, *ON_DUTY, opens(), accepts(standing=replace(STANDING, role="peer", names=names)))
        accepted = json.loads(journal.read(TALK, 1, 1).bodies[0])
        assert (accepted["role"], accepted["names"]) == ("peer", names)

    @pytest.mark.mission("M13")
    def test_a_capacity_that_was_lowered_counts_at_once(self, journal: Journal) -> None:
        two = replace(STANDING, capacity=2)
        committed(journal, starts(capacity=2), is_available(standing=two), opens(), opens("next"))
        committed(journal, accepts(standing=two))
        with pytest.raises(AtCapacity):
            outcome_of(journal, accepts())
        assert outcome_of(journal, accepts(standing=two)).code == "next"

    # --- duties ---------------------------------------------------------------------------------------------------

    def test_a_reloaded_console_takes_its_duty_up_again(self, journal: Journal) -> None:
        committed(journal, *TALKING)
        state = outcome_of(journal, starts())
        assert state.is_available
        assert [held.code for held in state.conversations] == [TALK]

    def test_an_ended_duty_can_do_nothing_more(self, journal: Journal) -> None:
        committed(journal, *TALKING, EndDuty(PROFESSIONAL.duty))
        for step in (starts(), is_available(), accepts(), says(PROFESSIONAL), answers()):
            with pytest.raises(Unauthorised):
                outcome_of(journal, step)

    def test_an_ended_duty_takes_its_ended_rows_along(self, journal: Journal) -> None:
        committed(journal, *TALKING, leaves(), EndDuty(PROFESSIONAL.duty))
        assert journal.held_by(PROFESSIONAL.duty) == []

    def test_a_duty_row_goes_after_its_last_grant(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, EndDuty(PROFESSIONAL.duty))
        committed(journal, Sweep(), at=later(seconds=599))
        assert journal.duty(PROFESSIONAL.duty) is not None
        committed(journal, Sweep(), at=later(seconds=601))
        assert journal.duty(PROFESSIONAL.duty) is None

    def test_one_sweep_takes_so_many_duties_and_the_next_the_rest(self, journal: Journal) -> None:
        many = [ByHelper(DutyCode(f"duty-{index}"), 1) for index in range(SWEPT_AT_ONCE + 20)]
        committed(journal, *(starts(by, helper=HelperCode(by.duty)) for by in many))
        lost, forgotten = later(minutes=32), later(minutes=43)
        for at in (lost, forgotten):
            counts = [outcome_of(journal, Sweep(frozenset(by.duty for by in many)), at=at) for _ in range(3)]
            assert counts == [SWEPT_AT_ONCE, 20, 0]
        assert journal.duty(many[0].duty) is None

    def test_ending_a_duty_that_never_began_is_nothing(self, journal: Journal) -> None:
        committed(journal, EndDuty(DutyCode("never")))
