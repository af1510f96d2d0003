"""The queue is told: places to those who wait, who waits to helpers."""

import pytest

from suoja.lib.codes import DutyCode, HelperCode
from suoja.live.limits import AWAY_SHOWN, SHOWN_TO_HELPERS
from suoja.live.operations import ByHelper, EndDuty
from tests.live.asgi import service
from tests.live.cast import ADULTS, ON_DUTY, PROFESSIONAL, accepts, ends, opens, starts
from tests.live.stage import Stage, events_in, kinds_in


@pytest.mark.safety(13)
async def test_a_place_that_has_not_changed_is_not_told_again() -> None:
    stage = Stage()
    stage.commit(*ON_DUTY, opens("a"))
    first = await stage.visitor("a")
    assert kinds_in(first) == ["hello", "queue"]
    for code in ("b", "c", "d"):
        stage.commit(opens(code))
        stage.core.notices.tell()
    await stage.passes(26)
    assert kinds_in(first) == ["heartbeat"]


@pytest.mark.safety(30)
async def test_who_was_put_back_hears_the_place_again_though_it_is_the_same() -> None:
    stage = Stage()
    stage.commit(*ON_DUTY, opens("a"), opens("b"))
    first, second = await stage.visitor("a"), await stage.visitor("b")
    # So that the acceptance brings no heartbeat forward, with which the old place would be forgotten as well.
    await stage.passes(20)
    stage.commit(accepts())
    stage.core.notices.tell()
    assert [event["place"] for event in events_in(second) if event["event"] == "queue"] == [2, 1]
    events_in(first)
    stage.commit(EndDuty(PROFESSIONAL.duty))
    stage.core.notices.tell()
    assert [event["place"] for event in events_in(first) if event["event"] == "queue"] == [1]
    assert [event["place"] for event in events_in(second) if event["event"] == "queue"] == [2]


async def test_many_changes_are_told_once_to_each_helper_of_the_line() -> None:
    stage = Stage()
    another = ByHelper(DutyCode("another"), 1)
    stage.commit(*ON_DUTY, starts(another, helper=HelperCode("professional2")))
    ours, theirs = await stage.helper(), await stage.helper(another)
    events_in(ours), events_in(theirs)
    stage.commit(*(opens(code) for code in "abcdef"))
    stage.core.notices.tell()
    for stream in (ours, theirs):
        [event] = events_in(stream)
        assert (event["line"], len(event["visitors"])) == ("adults", 6)
    stage.core.notices.tell()
    assert kinds_in(ours) == []


async def test_helpers_see_the_first_of_a_long_queue() -> None:
    stage = Stage()
    stage.commit(*ON_DUTY, *(opens(f"waits-{index}") for index in range(SHOWN_TO_HELPERS + 5)))
    assert len(stage.core.notices.shown(ADULTS).visitors) == SHOWN_TO_HELPERS


async def test_entries_that_nobody_is_behind_hide_nobody_who_is_there() -> None:
    stage = Stage()
    stage.commit(*ON_DUTY, *(opens(f"away-{index}") for index in range(SHOWN_TO_HELPERS)))
    await stage.passes(6)
    stage.commit(opens("there", language="sv"))
    shown = stage.core.notices.shown(ADULTS)
    assert (shown.count, shown.present, shown.present_for_peers) == (SHOWN_TO_HELPERS + 1, 1, 1)
    assert [one.presence for one in shown.visitors] == ["unreachable"] * AWAY_SHOWN + ["here"]
    assert shown.visitors[-1].language == "sv"


async def test_who_is_shown_stands_in_the_order_of_the_queue() -> None:
    stage = Stage()
    stage.commit(*ON_DUTY, opens("a"), opens("b", wants_professional=True))
    first = await stage.visitor("a")
    await stage.passes(6, first)
    stage.commit(opens("c"), opens("d"))
    shown = stage.core.notices.shown(ADULTS).visitors
    assert [one.presence for one in shown] == ["here", "unreachable", "here", "here"]


@pytest.mark.mission("M22")
async def test_a_queue_of_those_who_want_a_professional_hides_nobody_whom_a_peer_may_take() -> None:
    stage = Stage()
    professionals = (opens(f"waits-{index}", wants_professional=True) for index in range(SHOWN_TO_HELPERS))
    stage.commit(*ON_DUTY, *professionals)
    assert (stage.core.notices.shown(ADULTS).present, stage.core.notices.shown(ADULTS).present_for_peers) == (200, 0)
    stage.commit(opens("for peers"))
    assert stage.core.notices.shown(ADULTS).present_for_peers == 1


async def test_who_leaves_the_queue_moves_the_others_up() -> None:
    stage = Stage()
    stage.commit(*ON_DUTY, opens("a"), opens("b"))
    second = await stage.visitor("b")
    events_in(second)
    stage.commit(ends(code="a"))
    stage.core.notices.tell()
    assert [event["place"] for event in events_in(second)] == [1]


async def test_a_running_core_tells_by_itself() -> None:
    async with service() as live:
        professional = await live.on_duty(live.helper_grant())
        async with live.stream(professional) as ours:
            assert (await ours.next("waiting"))["visitors"] == []
            await live.visitor()
            while not (waiting := await ours.next("waiting"))["visitors"]:
                continue
            assert waiting["visitors"][0]["presence"] == "here"
