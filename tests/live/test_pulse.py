"""Heartbeats: each stream's at its own time, more often in a talk, and what goes with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suoja.live.hub import Stream
from suoja.live.limits import TOLD_AT_ONCE
from suoja.live.pulse import Timetable
from suoja.live.records import Conversation
from tests.live.cast import ON_DUTY, TALK, TALKING, VISITOR, accepts, ends, opens, says
from tests.live.stage import Stage, events_in, kinds_in

PACES = st.lists(st.floats(0.01, 60), min_size=1, max_size=30)


@given(PACES, st.floats(0.05, 5))
def test_nobody_is_early_and_nobody_later_than_a_slot_and_a_tick(paces: list[float], grain: float) -> None:
    timetable, came = Timetable(grain), dict[Stream, float]()
    wanted = {Stream(str(index), 1, ["topic"], 0): 7.0 + pace for index, pace in enumerate(paces)}
    for stream, at in wanted.items():
        timetable.put(stream, at)
    now = 7.0
    while now < 7 + 60 + 3 * grain:
        for stream in timetable.due(now):
            assert stream not in came
            came[stream] = now
        now += grain
    assert came.keys() == wanted.keys()
    assert all(wanted[stream] - 1e-6 <= at <= wanted[stream] + 2 * grain + 1e-6 for stream, at in came.items())


def test_who_is_put_earlier_comes_once() -> None:
    timetable, stream = Timetable(1), Stream("talk", 1, ["topic"], 0)
    timetable.put(stream, 25)
    timetable.put(stream, 8)
    assert list(timetable.due(10)) == [stream]
    assert list(timetable.due(40)) == []


def test_who_has_gone_comes_no_more() -> None:
    timetable, stream = Timetable(1), Stream("talk", 1, ["topic"], 0)
    timetable.put(stream, 8)
    stream.close()
    assert list(timetable.due(40)) == []


def test_a_failure_at_one_leaves_the_others_their_turn() -> None:
    timetable = Timetable(1)
    streams = [Stream(str(index), 1, ["topic"], 0) for index in range(3)]
    for stream in streams:
        timetable.put(stream, 8)
    served = next(iter(timetable.due(10)))
    assert {served, *timetable.due(10)} == set(streams)


async def test_a_heartbeat_carries_the_newest_numbers_and_when_the_next_will_come() -> None:
    stage = Stage()
    stage.commit(*TALKING)
    ours, theirs = await stage.helper(), await stage.visitor()
    events_in(ours), events_in(theirs)
    await stage.passes(8.5)
    assert events_in(ours) == [{"event": "heartbeat", "newest": {TALK: 3}, "seconds": 8.0}]
    stage.commit(says())
    await stage.passes(8)
    assert events_in(theirs)[-1]["newest"] == {TALK: 4}


async def test_heartbeats_do_not_drift() -> None:
    stage = Stage()
    stage.commit(*TALKING)
    theirs = await stage.visitor()
    await stage.passes(8 * 20 + 0.5)
    assert kinds_in(theirs).count("heartbeat") == 20


async def test_they_come_more_often_as_soon_as_a_talk_begins_and_less_when_it_is_over() -> None:
    stage = Stage()
    stage.commit(*ON_DUTY, opens())
    ours, theirs = await stage.helper(), await stage.visitor()
    await stage.passes(10)
    assert "heartbeat" not in kinds_in(ours) + kinds_in(theirs)
    stage.commit(accepts())
    # With the acceptance, since it names the pace: a browser goes by what it was told last.
    assert [kinds_in(stream).count("heartbeat") for stream in (ours, theirs)] == [1, 1]
    await stage.passes(8.5)
    assert [kinds_in(stream).count("heartbeat") for stream in (ours, theirs)] == [1, 1]
    stage.commit(ends())
    await stage.passes(8.5)
    assert kinds_in(ours)[-1] == "heartbeat"


async def test_a_grant_that_has_expired_ends_a_visitors_stream() -> None:
    stage = Stage()
    stage.commit(*TALKING)
    theirs = await stage.visitor()
    theirs.expires = int(stage.clock().timestamp()) + 1
    await stage.passes(8.5)
    assert events_in(theirs)[-1] == {"event": "bye", "code": "revoked", "may_return": True}


@pytest.mark.safety(13)
async def test_the_first_hear_their_place_at_once_and_the_others_with_a_heartbeat() -> None:
    stage = Stage()
    codes = [f"waits-{index}" for index in range(TOLD_AT_ONCE + 2)]
    stage.commit(*ON_DUTY, *(opens(code) for code in codes))
    streams = [await stage.visitor(code, VISITOR.participant) for code in codes]
    assert [events_in(stream)[-1]["place"] for stream in streams] == list(range(1, len(codes) + 1))
    stage.commit(ends(code=codes[0]))
    stage.core.notices.tell()
    told = [[event["place"] for event in events_in(stream) if event["event"] == "queue"] for stream in streams]
    assert told == [[], *([place] for place in range(1, TOLD_AT_ONCE + 1)), []]
    await stage.passes(25.5)
    told = [[event["place"] for event in events_in(stream) if event["event"] == "queue"] for stream in streams]
    assert told == [*([] for _ in range(TOLD_AT_ONCE + 1)), [TOLD_AT_ONCE + 1]]


async def test_a_tick_with_nothing_due_looks_at_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage()
    stage.commit(*ON_DUTY, *(opens(f"waits-{index}") for index in range(100)))
    for index in range(100):
        await stage.visitor(f"waits-{index}")
    looks: list[Stream] = []

    def look(stream: Stream) -> list[Conversation]:
        looks.append(stream)
        return []

    monkeypatch.setattr(stage.core.pulse, "conversations_of", look)
    await stage.passes(24)
    assert looks == []
    await stage.passes(2)
    assert len(looks) == 100
