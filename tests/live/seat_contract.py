"""What every journal must do about pages that come and go. Inherited by JournalContract."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from suoja.lib.codes import HalfKey
from suoja.lib.errors import (
    ConversationGone,
    MessageDiffers,
    NotYours,
    OutOfState,
    Superseded,
    Unauthorised,
)
from suoja.live.journal import Journal
from suoja.live.lifecycle import State
from suoja.live.operations import ByHelper, ByVisitor, EndDuty, Operation
from suoja.live.records import Duty
from tests.live.cast import (
    HALF_KEY,
    NOW,
    ON_DUTY,
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
    last_event,
    later,
    leaves,
    opens,
    order,
    outcome_of,
    parks,
    resumes,
    says,
    seals,
    standing_row,
    starts,
)

NEWER = replace(VISITOR, epoch=2)
NEWER_PAGE = replace(PROFESSIONAL, epoch=2)
NEW_KEY = "C" * 87
OF_A_VISITOR: dict[str, Callable[[ByVisitor], Operation[Any]]] = {
    "say": says,
    "key": lambda by: seals(epoch=by.epoch),
    "end": ends,
    "here": lambda by: confirms(by, 3),
}
OF_A_HELPER: dict[str, Callable[[ByHelper], Operation[Any]]] = {
    "say": says,
    "end": ends,
    "here": lambda by: confirms(by, 3),
    "lease": answers,
    "available": is_available,
    "accept": accepts,
    "close": closes,
    "park": parks,
    "off-duty": lambda by: EndDuty(by.duty, by.epoch),
}


def duty_row(journal: Journal) -> Duty:
    """Return the professional's duty as it stands."""
    duty = journal.duty(PROFESSIONAL.duty)
    assert duty is not None
    return duty


def no_other_page_is_heard(journal: Journal, command: Callable[[int], Operation[Any]]) -> None:
    """Say something under each epoch but the newest, which is the second: it is refused, and nothing is written."""
    before = events_of(journal)
    for epoch in (0, 1, 3):
        with pytest.raises(Superseded):
            outcome_of(journal, command(epoch))
    assert events_of(journal) == before


class SeatContract:
    """The newest page has the seat, and a console with a new key is sealed to anew."""

    # --- entering once --------------------------------------------------------------------------------------------

    def test_who_asks_again_to_enter_has_entered_once(self, journal: Journal) -> None:
        [*_, first] = committed(journal, *ON_DUTY, opens())
        again = outcome_of(journal, opens(half_key=HalfKey("i" * 43)), at=later(seconds=1))
        assert again == first
        assert again.half_key == HALF_KEY
        assert order(journal) == [TALK]

    def test_who_asks_again_after_the_line_has_closed_is_still_in_it(self, journal: Journal) -> None:
        committed(journal, *TALKING, is_available(yes=False))
        assert outcome_of(journal, opens()).state is State.ACTIVE

    @pytest.mark.parametrize(
        "steps", [[*TALKING, leaves()], [*ON_DUTY, opens(), ends()], [*ON_DUTY, opens(), leaves()]]
    )
    def test_a_late_request_opens_nothing_that_was_left(self, journal: Journal, steps: list[Operation[Any]]) -> None:
        committed(journal, *steps)
        with pytest.raises(ConversationGone):
            outcome_of(journal, opens())

    def test_a_code_that_is_taken_opens_nothing_for_another(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens())
        with pytest.raises(OutOfState):
            outcome_of(journal, opens(participant=STRANGER.participant))

    # --- the visitor's pages --------------------------------------------------------------------------------------

    def test_a_page_loaded_anew_has_the_next_epoch_and_everything_else_stays(self, journal: Journal) -> None:
        [*_, opened] = committed(journal, *ON_DUTY, opens())
        assert outcome_of(journal, resumes()) == replace(opened, visitor_epoch=2)
        assert outcome_of(journal, resumes()) == replace(opened, visitor_epoch=3) == standing_row(journal)

    @pytest.mark.safety(10)
    def test_a_page_that_asks_again_does_not_take_over_from_itself(self, journal: Journal) -> None:
        committed(journal, *TALKING)
        resumed = committed(journal, resumes(page="a"), resumes(page="a"))
        assert [row.visitor_epoch for row in resumed] == [2, 2]
        begun = committed(journal, starts(page="b"), starts(page="b"), starts(page="b", epoch=2))
        assert [state.epoch for state in begun] == [2, 2, 2]

    @pytest.mark.safety(10)
    def test_a_request_of_an_older_page_that_was_held_up_takes_no_seat_back(self, journal: Journal) -> None:
        committed(journal, *TALKING, resumes(page="a"), resumes(page="b"), starts(page="c"), starts(page="d"))
        before = (standing_row(journal), duty_row(journal))
        for late in (resumes(page="a"), starts(page="c", public_key=NEW_KEY)):
            with pytest.raises(Superseded):
                outcome_of(journal, late)
        assert (standing_row(journal), duty_row(journal)) == before

    @pytest.mark.safety(10)
    @pytest.mark.parametrize("command", [*OF_A_VISITOR])
    def test_the_newest_page_of_a_visitor_is_heard_alone(self, journal: Journal, command: str) -> None:
        committed(journal, *TALKING, resumes())
        no_other_page_is_heard(journal, lambda epoch: OF_A_VISITOR[command](replace(VISITOR, epoch=epoch)))
        committed(journal, OF_A_VISITOR[command](NEWER))

    @pytest.mark.safety(10)
    def test_an_older_page_has_no_seat_to_read_from(self, journal: Journal) -> None:
        committed(journal, *TALKING, resumes())
        with pytest.raises(Superseded):
            journal.seat(TALK, VISITOR)
        assert journal.seat(TALK, NEWER).is_visitor

    @pytest.mark.safety(36)
    def test_what_an_older_page_has_said_keeps_its_number(self, journal: Journal) -> None:
        committed(journal, *TALKING, says(VISITOR, ("a", "x")), resumes())
        assert outcome_of(journal, says(NEWER, ("a", "x"))) == (4,)

    def test_the_exit_is_heard_from_any_page(self, journal: Journal) -> None:
        committed(journal, *TALKING, resumes(), leaves())
        assert events_of(journal) == ["ended"]

    @pytest.mark.safety(8)
    def test_after_the_end_every_page_is_told_that_it_is_gone(self, journal: Journal) -> None:
        committed(journal, *TALKING, resumes(), leaves())
        for step in (resumes(), *(command(VISITOR) for command in OF_A_VISITOR.values())):
            with pytest.raises(ConversationGone):
                outcome_of(journal, step)

    def test_a_page_may_take_over_while_the_talk_is_ending(self, journal: Journal) -> None:
        committed(journal, *TALKING, ends())
        assert outcome_of(journal, resumes()).half_key == HALF_KEY

    @pytest.mark.mission("M12")
    def test_nobody_else_takes_over(self, journal: Journal) -> None:
        committed(journal, *TALKING)
        with pytest.raises(NotYours):
            outcome_of(journal, resumes(by=STRANGER))

    # --- the console's pages --------------------------------------------------------------------------------------

    def test_a_console_loaded_anew_has_the_next_epoch_and_the_same_page_keeps_its_own(self, journal: Journal) -> None:
        steps = [starts(), starts(), starts(epoch=2), starts(epoch=2)]
        assert [state.epoch for state in committed(journal, *steps)] == [1, 2, 2, 2]

    @pytest.mark.parametrize("command", [*OF_A_HELPER])
    def test_the_newest_page_of_a_console_is_heard_alone(self, journal: Journal, command: str) -> None:
        committed(journal, *TALKING, starts())
        no_other_page_is_heard(journal, lambda epoch: OF_A_HELPER[command](replace(PROFESSIONAL, epoch=epoch)))
        [outcome] = journal.apply([OF_A_HELPER[command](NEWER_PAGE)], NOW)
        assert not isinstance(outcome.error, Superseded)

    def test_an_older_page_does_not_take_the_duty_back(self, journal: Journal) -> None:
        committed(journal, starts(), starts())
        for epoch in (1, 3):
            with pytest.raises(Superseded):
                outcome_of(journal, starts(epoch=epoch, public_key=NEW_KEY))
        assert duty_row(journal).public_key != NEW_KEY

    def test_a_page_of_a_duty_that_is_not_known_any_more_starts_none(self, journal: Journal) -> None:
        with pytest.raises(Unauthorised):
            outcome_of(journal, starts(epoch=1))

    # --- a console that has lost its key --------------------------------------------------------------------------

    @pytest.mark.safety(30)
    def test_a_console_with_a_new_key_is_sealed_to_anew(self, journal: Journal) -> None:
        committed(journal, *TALKING)
        state = outcome_of(journal, starts(public_key=NEW_KEY))
        event = last_event(journal)
        assert (event["event"], event["number"], event["public_key"]) == ("returned", 4, NEW_KEY)
        assert event["participant"] == standing_row(journal).helper
        assert [held.newest for held in state.conversations] == [4]
        assert outcome_of(journal, seals("anew", answers=4)) == (5,)
        assert last_event(journal)["answers"] == 4

    def test_a_console_that_has_its_key_still_needs_none(self, journal: Journal) -> None:
        committed(journal, *TALKING, starts())
        assert "returned" not in events_of(journal)

    @pytest.mark.safety(30)
    def test_a_key_for_what_the_console_has_lost_is_too_late(self, journal: Journal) -> None:
        committed(journal, *ON_DUTY, opens(), accepts(), starts(public_key=NEW_KEY))
        for number in (2, 4):
            with pytest.raises(OutOfState):
                outcome_of(journal, seals(answers=number))
        assert outcome_of(journal, seals(answers=3)) == (4,)

    @pytest.mark.safety(36)
    def test_each_key_is_kept_by_what_it_answers(self, journal: Journal) -> None:
        committed(journal, *TALKING, starts(public_key=NEW_KEY), seals("anew", answers=4))
        assert outcome_of(journal, seals(answers=2)) == (3,)
        assert outcome_of(journal, seals("anew", answers=4)) == (5,)
        for number in (2, 4):
            with pytest.raises(MessageDiffers):
                outcome_of(journal, seals("other", answers=number))

    def test_every_talk_of_the_console_is_sealed_anew_but_no_ending_one(self, journal: Journal) -> None:
        many = replace(STANDING, capacity=3)
        committed(journal, *ON_DUTY, *(opens(code) for code in "abc"))
        committed(journal, *(accepts(standing=many) for _ in "abc"), ends(PROFESSIONAL, "b"))
        committed(journal, starts(public_key=NEW_KEY))
        assert [events_of(journal, code)[-1] for code in "abc"] == ["returned", "ending", "returned"]
