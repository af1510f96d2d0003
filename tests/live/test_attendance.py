"""Who is told that whom they talk with, or could, is there: visitors, helpers, and after a restart."""

import pytest
from msgspec.structs import replace

from suoja.lib.codes import ConversationCode, DutyCode, HelperCode
from suoja.live.lifecycle import State
from suoja.live.operations import ByHelper, EndDuty
from tests.live.cast import (
    ADULTS,
    HELPER,
    ON_DUTY,
    PEER,
    PROFESSIONAL,
    TALK,
    TALKING,
    VISITOR,
    accepts,
    is_available,
    leaves,
    opens,
    resumes,
    starts,
)
from tests.live.stage import Stage, events_in, presences_in, presences_of

THEIR, OUR = VISITOR.participant, HELPER


# --- in a talk ------------------------------------------------------------------------------------------------------


@pytest.mark.safety(30)
async def test_a_helper_is_told_that_the_visitor_can_not_be_reached_and_is_back() -> None:
    stage = Stage()
    stage.commit(*TALKING)
    ours, theirs = await stage.helper(), await stage.visitor()
    assert presences_in(ours) == [(THEIR, "here", 0)]
    assert presences_of(await stage.passes(15.5, ours)) == []
    assert presences_of(await stage.passes(4.5, ours)) == [(THEIR, "unreachable", 0)]
    assert presences_of(await stage.passes(200, ours)) == []
    stage.answer(theirs)
    told = [event for event in events_in(ours) if event["event"] == "presence"]
    assert [event["state"] for event in told] == ["here"]
    assert 195_000 < told[0]["away_ms"] < 205_000


@pytest.mark.safety(30)
async def test_it_is_found_out_within_twenty_seconds_on_both_sides() -> None:
    for silent in ("visitor", "helper"):
        stage = Stage()
        stage.commit(*TALKING)
        ours, theirs = await stage.helper(), await stage.visitor()
        answering, other = (ours, THEIR) if silent == "visitor" else (theirs, OUR)
        await stage.passes(8 * 5 + 0.5, ours, theirs)
        seen: list[tuple[str, str, int]] = []
        for _ in range(80):
            await stage.passes(0.25)
            waiting = events_in(answering)
            seen += [(event["participant"], event["state"], 0) for event in waiting if event["event"] == "presence"]
            if any(event["event"] == "heartbeat" for event in waiting):
                stage.answer(answering)
        assert seen == [(other, "unreachable", 0)], silent


async def test_the_side_that_is_told_hears_when_it_began_by_the_services_clock() -> None:
    stage = Stage()
    stage.commit(*TALKING)
    ours, theirs = await stage.helper(), await stage.visitor()
    events_in(ours)
    stage.answer(theirs, "hidden")
    began = round(stage.clock().timestamp() * 1000)
    [event] = events_in(ours)
    assert abs(event["since"] - began) <= 1
    await stage.passes(9, ours)
    stage.leave(ours)
    again = next(event for event in events_in(await stage.helper()) if event["event"] == "presence")
    assert again == event


async def test_a_hidden_page_is_told_to_the_helper_and_never_to_the_visitor() -> None:
    stage = Stage()
    stage.commit(*TALKING)
    ours, theirs = await stage.helper(), await stage.visitor()
    events_in(ours), events_in(theirs)
    stage.answer(theirs, "hidden")
    stage.answer(ours, "hidden")
    assert presences_in(ours) == [(THEIR, "hidden", 0)]
    assert presences_in(theirs) == []
    stage.answer(ours, "leaving")
    stage.leave(ours)
    await stage.passes(10.5)
    helper = stage.core.attendance.helpers[PROFESSIONAL.duty]
    assert helper is not None
    assert helper.state == "left"
    # What the visitor is told of a helper who has left is that nobody can reach them just now.
    assert presences_in(theirs) == [(OUR, "unreachable", 0)]


async def test_nothing_tells_the_visitor_when_or_for_how_long_the_helper_has_looked_away() -> None:
    stage = Stage()
    stage.commit(*TALKING)
    ours, theirs = await stage.helper(), await stage.visitor()
    [told] = [event for event in events_in(theirs) if event["event"] == "presence"]
    for said in ("hidden", "here"):
        stage.answer(ours, said)
        await stage.passes(7, ours, theirs)
        stage.leave(theirs)
        theirs = await stage.visitor()
        assert [event for event in events_in(theirs) if event["event"] == "presence"] == [told], said


async def test_the_visitor_is_told_since_when_the_helper_is_lost_or_back() -> None:
    stage = Stage()
    stage.commit(*TALKING)
    ours, theirs = await stage.helper(), await stage.visitor()
    stage.answer(ours, "hidden")
    events_in(theirs)
    stage.leave(ours)
    [lost] = [event for event in await stage.passes(9, theirs) if event["event"] == "presence"]
    assert abs(lost["since"] - round(stage.clock().timestamp() * 1000) + 4_000) <= 1
    stage.answer(await stage.helper(), "here")
    [back] = [event for event in events_in(theirs) if event["event"] == "presence"]
    assert (back["state"], back["away_ms"]) == ("here", 0)
    assert abs(back["since"] - round(stage.clock().timestamp() * 1000)) <= 1


async def test_the_visitor_is_told_that_the_helper_is_lost_and_back() -> None:
    stage = Stage()
    stage.commit(*TALKING)
    ours, theirs = await stage.helper(), await stage.visitor()
    events_in(theirs)
    stage.leave(ours)
    await stage.passes(5.5)
    assert presences_in(theirs) == [(OUR, "unreachable", 0)]
    await stage.helper()
    assert [told[:2] for told in presences_in(theirs)] == [(OUR, "here")]


async def test_both_are_told_of_the_other_as_soon_as_they_have_met() -> None:
    stage = Stage()
    stage.commit(*ON_DUTY, opens())
    ours, theirs = await stage.helper(), await stage.visitor()
    stage.answer(theirs, "hidden")
    events_in(ours), events_in(theirs)
    stage.commit(accepts())
    assert [event["event"] for event in events_in(theirs)] == ["accepted", "presence", "heartbeat"]
    assert presences_in(ours) == [(THEIR, "hidden", 0)]


async def test_an_older_stream_that_nobody_answers_for_says_nothing_of_the_person() -> None:
    stage = Stage()
    stage.commit(*TALKING)
    # The heartbeats of two dead ones fall in a row, long before that of the one that answers.
    dead = await stage.visitor()
    await stage.passes(1)
    await stage.visitor()
    await stage.passes(5)
    alive = await stage.visitor()
    await stage.passes(300, alive)
    person = stage.core.attendance.visitors[ConversationCode(TALK)]
    assert person is not None
    assert (person.state, person.was_away) == ("here", 0)
    assert not dead.is_over


# --- the newest page ------------------------------------------------------------------------------------------------


@pytest.mark.safety(10)
async def test_a_reloaded_page_ends_the_older_stream_and_nobody_notices() -> None:
    stage = Stage()
    stage.commit(*TALKING)
    ours, older = await stage.helper(), await stage.visitor()
    events_in(ours)
    stage.commit(resumes())
    assert events_in(older)[-1] == {"event": "bye", "code": "superseded", "may_return": False}
    await stage.passes(12, await stage.visitor(epoch=2))
    assert presences_in(ours) == []


async def test_a_reloaded_console_ends_the_older_stream() -> None:
    stage = Stage()
    stage.commit(*TALKING)
    older = await stage.helper()
    stage.commit(starts())
    assert events_in(older)[-1] == {"event": "bye", "code": "superseded", "may_return": False}


async def test_a_duty_that_is_over_ends_its_streams() -> None:
    stage = Stage()
    stage.commit(*TALKING)
    ours, theirs = await stage.helper(), await stage.visitor()
    stage.commit(EndDuty(PROFESSIONAL.duty))
    told = events_in(ours)
    assert [event["event"] for event in told[-2:]] == ["requeued", "bye"]
    assert told[-1] == {"event": "bye", "code": "over", "may_return": False}
    assert events_in(theirs)[-1]["event"] == "requeued"
    stage.core.notices.tell()
    assert events_in(theirs) == [{"event": "queue", "conversation": TALK, "place": 1}]


# --- the queue ------------------------------------------------------------------------------------------------------


async def test_helpers_see_who_of_the_waiting_is_there() -> None:
    stage = Stage()
    stage.commit(*ON_DUTY, opens("a"), opens("b"))
    ours = await stage.helper()
    first = await stage.visitor("a")
    await stage.passes(6, ours, first)
    stage.core.notices.tell()
    waiting = [event for event in events_in(ours) if event["event"] == "waiting"][-1]
    assert [one["presence"] for one in waiting["visitors"]] == ["here", "unreachable"]
    assert stage.core.attendance.away_from(ADULTS) == {"b"}
    second = await stage.visitor("b")
    stage.answer(first, "hidden")
    stage.core.notices.tell()
    waiting = [event for event in events_in(ours) if event["event"] == "waiting"][-1]
    assert [one["presence"] for one in waiting["visitors"]] == ["hidden", "here"]
    assert stage.core.attendance.away_from(ADULTS) == frozenset()
    assert not second.is_over


async def test_it_is_known_for_how_long_a_visitor_has_been_away() -> None:
    stage = Stage()
    stage.commit(*TALKING)
    theirs = await stage.visitor()
    code = ConversationCode(TALK)
    assert stage.core.attendance.away_for(code) == 0
    stage.leave(theirs)
    await stage.passes(65)
    assert stage.core.attendance.away_for(code) == pytest.approx(60, abs=0.5)
    assert stage.core.attendance.away_for(ConversationCode("never")) == 0


async def test_a_visitor_who_has_gone_is_followed_no_more() -> None:
    stage = Stage()
    stage.commit(*TALKING, leaves())
    assert stage.core.attendance.visitors[ConversationCode(TALK)] is None


# --- a helper's other duties ----------------------------------------------------------------------------------------


async def test_the_silent_duties_of_a_helper_are_the_others_whose_consoles_do_not_answer() -> None:
    stage = Stage()
    elsewhere = ByHelper(DutyCode("elsewhere"), 1)
    helper = HelperCode("professional")
    stage.commit(starts(), starts(elsewhere, helper=helper), starts(PEER))
    await stage.passes(6)
    silent = stage.core.attendance.silent_duties(helper, but=PROFESSIONAL.duty)
    assert silent == {elsewhere.duty}
    ours = await stage.helper(elsewhere)
    assert stage.core.attendance.silent_duties(helper, but=PROFESSIONAL.duty) == frozenset()
    assert not ours.is_over


# --- after a restart ------------------------------------------------------------------------------------------------


@pytest.mark.safety(37)
async def test_after_a_restart_everybody_has_the_moment_that_coming_back_takes() -> None:
    stage = Stage()
    stage.commit(*TALKING, opens("waits"), starts(PEER), is_available(PEER))
    again = Stage()
    again.core.living.load(stage.journal.living(), stage.journal.running_duties())
    again.core.attendance.begin()
    await again.passes(4)
    assert again.core.attendance.away_from(ADULTS) == frozenset()
    ours = await again.helper()
    assert presences_in(ours) == [(THEIR, "here", 0)]
    await again.visitor()
    await again.passes(2, ours)
    assert again.core.attendance.away_from(ADULTS) == {"waits"}
    assert again.core.attendance.helpers.is_lost(PEER.duty)
    assert not again.core.attendance.helpers.is_lost(PROFESSIONAL.duty)


async def test_an_ended_talk_of_before_is_nobodys_absence() -> None:
    stage = Stage()
    stage.commit(*TALKING)
    [row] = stage.journal.living()
    again = Stage()
    again.core.living.load([replace(row, state=State.ENDED)], stage.journal.running_duties())
    again.core.attendance.begin()
    assert again.core.attendance.visitors[ConversationCode(TALK)] is None


# --- the clock ------------------------------------------------------------------------------------------------------


async def test_a_clock_that_is_set_moves_what_is_told_and_no_state() -> None:
    stage = Stage()
    stage.commit(*TALKING)
    ours, theirs = await stage.helper(), await stage.visitor()
    stage.answer(theirs, "hidden")
    before = [event for event in events_in(ours) if event["event"] == "presence"][-1]
    stage.clock.instant = stage.clock.instant.replace(hour=15)
    stage.leave(ours)
    after = [event for event in events_in(await stage.helper()) if event["event"] == "presence"][-1]
    assert after["since"] - before["since"] == 3 * 3600 * 1000
    assert after["state"] == "hidden"
