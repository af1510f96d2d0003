"""The queue is told: places to those who wait, who waits to helpers."""

import pytest

from suoja.lib.codes import DutyCode, HelperCode
from suoja.live.limits import SHOWN_TO_HELPERS
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
