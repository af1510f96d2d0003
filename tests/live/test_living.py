"""What lives, in memory: always what the journal would say."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from suoja.lib.codes import ConversationCode, DutyCode, HelperCode, ParticipantCode
from suoja.lib.errors import ConversationGone, NotOnDuty, NotYours, Superseded
from suoja.live.journal import Journal
from suoja.live.lifecycle import State
from suoja.live.living import DutyMoved, Living, Moved
from suoja.live.memory import memory_journal
from suoja.live.operations import ByHelper, ByVisitor, EndDuty, Operation
from tests.live.asgi import line_rule
from tests.live.cast import (
    ADULTS,
    NOW,
    ON_DUTY,
    PEER,
    PROFESSIONAL,
    STRANGER,
    TALK,
    TALKING,
    VISITOR,
    accepts,
    closes,
    confirms,
    ends,
    is_available,
    later,
    leaves,
    opens,
    parks,
    resumes,
    says,
    starts,
)

Told = list[Moved | DutyMoved]


def applied(journal: Journal, living: Living, *steps: Operation[Any]) -> Told:
    """Commit steps; return what has moved by them."""
    told: Told = []
    for outcome in journal.apply(steps, NOW):
        if outcome.change is not None:
            told += living.apply(outcome.change)
    return told


def started(*steps: Operation[Any]) -> tuple[Journal, Living]:
    journal, living = memory_journal(line_rule), Living()
    applied(journal, living, *steps)
    return journal, living


def test_a_queue_stands_in_the_order_of_coming_and_everybody_knows_their_place() -> None:
    _, living = started(*ON_DUTY, opens("a"), opens("b"), opens("c"), opens("y", line="young"))
    assert [one.code for one in living.waiting(ADULTS)] == ["a", "b", "c"]
    assert [living.place(one) for one in living.conversations() if one.line == ADULTS] == [1, 2, 3]


@pytest.mark.safety(30)
def test_who_was_put_back_stands_before_all_who_have_only_waited() -> None:
    journal, living = started(*ON_DUTY, opens("a"), opens("b"), accepts())
    assert [one.code for one in living.waiting(ADULTS)] == ["b"]
    [outcome] = journal.apply([EndDuty(PROFESSIONAL.duty)], later(minutes=5))
    assert outcome.change is not None
    assert len(list(living.apply(outcome.change))) == 2
    assert [one.code for one in living.waiting(ADULTS)] == ["a", "b"]
    assert living.held_by(PROFESSIONAL.duty) == []


def test_a_talk_belongs_to_its_duty_until_it_is_closed() -> None:
    journal, living = started(*TALKING)
    assert [one.code for one in living.held_by(PROFESSIONAL.duty)] == [TALK]
    applied(journal, living, leaves())
    assert [one.state for one in living.held_by(PROFESSIONAL.duty)] == [State.ENDED]
    applied(journal, living, closes())
    assert living.held_by(PROFESSIONAL.duty) == []
    assert living.conversation(TALK) is None


def test_a_seat_is_what_the_newest_page_has() -> None:
    journal, living = started(*TALKING)
    assert living.seat(TALK, VISITOR).is_visitor
    assert not living.seat(TALK, PROFESSIONAL).is_visitor
    applied(journal, living, resumes())
    with pytest.raises(Superseded):
        living.seat(TALK, VISITOR)
    assert living.seat(TALK, ByVisitor(VISITOR.participant, 2)).is_visitor
    for stranger, refusal in ((STRANGER, NotYours), (PEER, NotOnDuty), (ByHelper(PROFESSIONAL.duty, 9), Superseded)):
        with pytest.raises(refusal):
            living.seat(TALK, stranger)
    with pytest.raises(ConversationGone):
        living.seat(ConversationCode("never"), VISITOR)


def test_what_has_moved_is_told_and_a_message_is_no_move() -> None:
    journal, living = started(*ON_DUTY)
    [begun] = applied(journal, living, opens())
    assert isinstance(begun, Moved)
    assert (begun.before, begun.after) == (None, living.conversation(TALK))
    [accepted] = applied(journal, living, accepts())
    assert isinstance(accepted, Moved)
    assert accepted.after == living.conversation(TALK)
    assert applied(journal, living, says()) == []
    assert applied(journal, living, confirms(VISITOR, 3)) == []
    [ending] = applied(journal, living, ends())
    [gone] = applied(journal, living, leaves())
    assert isinstance(gone, Moved)
    assert gone.before is not None
    assert (ending.code, gone.before.state, gone.after) == (TALK, State.ENDING, None)
    assert applied(journal, living, closes()) == []


def test_a_duty_is_told_when_it_begins_is_taken_up_and_ends() -> None:
    journal, living = started()
    duty = PROFESSIONAL.duty
    [begun] = applied(journal, living, starts(), is_available())
    assert (begun.before, begun.after) == (None, replaced(living, duty, is_available=False))
    [taken] = applied(journal, living, starts())
    assert isinstance(taken, DutyMoved)
    assert taken.after is not None
    assert taken.after.epoch == 2
    [over] = applied(journal, living, EndDuty(duty))
    assert over.after is None
    assert list(living.duties()) == []
    known = living.duty(duty)
    assert known is not None
    assert known.ended_at is not None


def replaced(living: Living, duty: DutyCode, **changes: object) -> object:
    known = living.duty(duty)
    assert known is not None
    return replace(known, **changes)


def test_a_helper_has_the_duties_that_are_not_over() -> None:
    other = ByHelper(DutyCode("another"), 1)
    journal, living = started(starts(), starts(other, helper=HelperCode("professional")))
    assert set(living.duties_of(HelperCode("professional"))) == {PROFESSIONAL.duty, "another"}
    applied(journal, living, EndDuty(other.duty))
    assert living.duties_of(HelperCode("professional")) == [PROFESSIONAL.duty]


def test_what_another_process_has_swept_away_can_be_dropped() -> None:
    _, living = started(*TALKING)
    gone = living.drop(TALK)
    assert gone is not None
    assert gone.after is None
    assert living.drop(TALK) is None
    assert living.held_by(PROFESSIONAL.duty) == []


CODES = ("a", "b", "c", "d")
PAGES = st.integers(1, 3)
STEPS = st.lists(
    st.one_of(
        st.builds(opens, st.sampled_from(CODES)),
        st.builds(starts, st.sampled_from((PROFESSIONAL, PEER))),
        st.builds(
            lambda by, epoch: is_available(ByHelper(by.duty, epoch)), st.sampled_from((PROFESSIONAL, PEER)), PAGES
        ),
        st.builds(lambda by, epoch: accepts(ByHelper(by.duty, epoch)), st.sampled_from((PROFESSIONAL, PEER)), PAGES),
        st.builds(resumes, st.sampled_from(CODES)),
        st.builds(
            lambda code, epoch: ends(ByVisitor(ParticipantCode("visitor"), epoch), code), st.sampled_from(CODES), PAGES
        ),
        st.builds(leaves, st.sampled_from(CODES)),
        st.builds(lambda by: EndDuty(by.duty), st.sampled_from((PROFESSIONAL, PEER))),
        st.just(parks()),
    ),
    max_size=30,
)


@given(STEPS)
def test_whatever_is_committed_memory_says_what_the_journal_says(steps: list[Operation[Any]]) -> None:
    journal, living = started(starts(), is_available())
    for minute, step in enumerate(steps):
        for outcome in journal.apply([step], later(minutes=minute)):
            if outcome.change is not None:
                list(living.apply(outcome.change))
    fresh = Living()
    fresh.load(journal.living(), journal.running_duties())
    for known in (living, fresh):
        assert list(known.waiting(ADULTS)) == journal.waiting(ADULTS)
        assert [known.place(one) for one in journal.waiting(ADULTS)] == list(range(1, 1 + len(journal.waiting(ADULTS))))
        alive = {one.code: one for one in known.conversations() if one.state is not State.ENDED}
        assert alive == {one.code: one for one in journal.living()}
        assert {duty.code: duty for duty in known.duties()} == {duty.code: duty for duty in journal.running_duties()}
    for by in (PROFESSIONAL, PEER):
        assert {one.code for one in living.held_by(by.duty)} == {one.code for one in journal.held_by(by.duty)}
