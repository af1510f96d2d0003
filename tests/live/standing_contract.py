"""What every journal must do when a helper's account stands otherwise in a talk. Inherited by JournalContract."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from suoja.lib.grants import Standing
from suoja.live.journal import Journal
from suoja.live.lifecycle import State
from suoja.live.operations import Operation
from tests.live.cast import (
    ADULTS,
    ON_DUTY,
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
    last_event,
    later,
    opens,
    order,
    outcome_of,
    standing_row,
    starts,
)

MADE_A_PEER = replace(STANDING, role="peer")
WITHOUT_THE_LINE = replace(STANDING, lines=(ADULTS,))
WITH_THE_YOUNG = (*ON_DUTY, opens(line=YOUNG), accepts(line=YOUNG))
SHOWING: dict[str, Callable[[Standing], Operation[Any]]] = {
    "on-duty": lambda standing: starts(**{name: getattr(standing, name) for name in Standing.__struct_fields__}),
    "available": lambda standing: is_available(standing=standing),
    "here": lambda standing: answers(standing=standing),
}


class StandingContract:
    """A helper is in no talk that they could not have taken as they stand now."""

    @pytest.mark.mission("M22")
    @pytest.mark.parametrize("standing", [MADE_A_PEER, WITHOUT_THE_LINE], ids=["made a peer", "without the line"])
    @pytest.mark.parametrize("command", [*SHOWING])
    def test_who_may_not_take_a_talk_any_more_does_not_go_on_in_it(
        self, journal: Journal, command: str, standing: Standing
    ) -> None:
        committed(journal, *WITH_THE_YOUNG, opens("next", YOUNG))
        committed(journal, SHOWING[command](standing), at=later(minutes=1))
        talk, event = standing_row(journal), last_event(journal)
        assert (talk.state, talk.duty, event["event"], event["why"]) == (State.WAITING, None, "requeued", "helper_lost")
        assert [waiting.code for waiting in journal.waiting(YOUNG)] == [TALK, "next"]
        assert journal.held_by(PROFESSIONAL.duty) == []

    @pytest.mark.mission("M22")
    def test_who_wants_a_professional_is_not_left_with_somebody_made_a_peer(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens(wants_professional=True), accepts(), answers(standing=MADE_A_PEER))
        assert standing_row(journal).state is State.WAITING

    @pytest.mark.parametrize("standing", [MADE_A_PEER, WITHOUT_THE_LINE, replace(STANDING, capacity=3)])
    @pytest.mark.parametrize("command", [*SHOWING])
    def test_who_may_still_take_a_talk_goes_on_in_it(self, journal: Journal, command: str, standing: Standing) -> None:
        committed(journal, *TALKING, SHOWING[command](standing))
        assert standing_row(journal).state is State.ACTIVE
        assert "requeued" not in events_of(journal)

    def test_what_is_ending_goes_on_to_its_end(self, journal: Journal) -> None:
        committed(journal, *WITH_THE_YOUNG, ends(), answers(standing=MADE_A_PEER))
        assert standing_row(journal).state is State.ENDING

    @pytest.mark.mission("M13")
    def test_what_is_given_back_leaves_room_for_the_next(self, journal: Journal) -> None:
        committed(journal, *WITH_THE_YOUNG, opens("next"))
        assert outcome_of(journal, accepts(standing=WITHOUT_THE_LINE)).code == "next"
        assert standing_row(journal).state is State.WAITING
        assert order(journal) == []

    def test_a_console_with_a_new_key_is_told_what_it_still_holds(self, journal: Journal) -> None:
        committed(journal, *WITH_THE_YOUNG)
        state = outcome_of(journal, starts(role="peer", public_key="C" * 87))
        assert state.conversations == ()
        assert events_of(journal) == ["opened", "accepted", "requeued"]
