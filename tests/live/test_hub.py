"""Streams and who hears what: bounded queues, heartbeats, goodbyes."""

import json
from typing import Any

import pytest

from suoja.lib.codes import ConversationCode, DutyCode, LineCode, ParticipantCode
from suoja.lib.errors import Unavailable
from suoja.live.hub import Hub, Notice, Stream, conversation_topic, duty_topic, line_topic
from suoja.live.lifecycle import State
from suoja.live.limits import Limits
from suoja.live.operations import ByHelper, ByVisitor
from suoja.live.wire import PROTOCOL, Hello

TALK = ConversationCode("talk")
LIMITS = Limits(stream_queue=3, max_streams=5, heartbeat_active=8, heartbeat_waiting=25)


def visitor_stream(code: str = TALK) -> Stream:
    return Stream(ByVisitor(ParticipantCode("visitor")), [conversation_topic(code)], [], expires=1_000)


def helper_stream(duty: str = "duty") -> Stream:
    return Stream(ByHelper(DutyCode(duty)), [duty_topic(duty)], [], expires=1_000)


def begun(hub: Hub, stream: Stream) -> Stream:
    hub.add(stream)
    stream.begin(Hello(PROTOCOL, 8.0, ()))
    return stream


def said(number: int, state: State = State.ACTIVE) -> Notice:
    topics = (conversation_topic(TALK), duty_topic("duty"))
    return Notice(topics, b'{"event":"said","number":%d}' % number, TALK, number, state)


async def events(stream: Stream) -> list[dict[str, Any]]:
    piece = await stream.chunk()
    return [json.loads(part.removeprefix(b"data: ")) for part in piece.split(b"\n\n") if part]


async def test_both_sides_hear_an_event_and_others_do_not() -> None:
    hub = Hub(LIMITS)
    ours = [begun(hub, stream) for stream in (visitor_stream(), helper_stream())]
    stranger = begun(hub, visitor_stream("another"))
    hub.deliver(said(4))
    for stream in ours:
        assert [event["event"] for event in await events(stream)] == ["hello", "said"]
    assert [event["event"] for event in await events(stranger)] == ["hello"]


async def test_hello_comes_first_whatever_came_before_it() -> None:
    hub, stream = Hub(LIMITS), visitor_stream()
    hub.add(stream)
    hub.deliver(said(4))
    stream.begin(Hello(PROTOCOL, 8.0, ()))
    assert [event["event"] for event in await events(stream)] == ["hello", "said"]


async def test_a_reader_that_falls_behind_is_closed_as_slow_and_may_return() -> None:
    hub = Hub(LIMITS)
    stream = begun(hub, visitor_stream())
    for number in range(5):
        hub.deliver(said(number))
    assert await events(stream) == [{"event": "bye", "code": "slow", "may_return": True}]
    assert await stream.chunk() == b""


async def test_a_slow_reader_costs_the_others_nothing() -> None:
    hub = Hub(LIMITS)
    begun(hub, visitor_stream())
    quick = begun(hub, helper_stream())
    for number in range(4, 10):
        hub.deliver(said(number))
        assert (await events(quick))[-1]["number"] == number


async def test_the_heartbeat_carries_the_newest_numbers() -> None:
    hub = Hub(LIMITS)
    stream = begun(hub, helper_stream())
    hub.deliver(said(7))
    hub.deliver(said(6))
    await events(stream)
    hub.beat(monotonic=0, now=0)
    hub.beat(monotonic=8, now=8)
    assert (await events(stream))[-1] == {"event": "heartbeat", "newest": {TALK: 7}}


async def test_heartbeats_come_more_often_in_a_talk() -> None:
    hub = Hub(LIMITS)
    stream = begun(hub, visitor_stream())
    await events(stream)
    hub.beat(monotonic=0, now=0)
    assert stream.beat_at == 25
    hub.deliver(said(4))
    hub.beat(monotonic=1, now=1)
    assert stream.beat_at == 9


async def test_the_end_closes_the_visitors_stream_and_leaves_the_helpers() -> None:
    hub = Hub(LIMITS)
    theirs, ours = begun(hub, visitor_stream()), begun(hub, helper_stream())
    hub.deliver(said(9, State.ENDED))
    assert (await events(theirs))[-1] == {"event": "bye", "code": "over", "may_return": False}
    assert [event["event"] for event in await events(ours)] == ["hello", "said"]
    hub.forget(duty_topic("duty"), TALK)
    assert ours.positions == {}


async def test_a_stream_whose_grant_was_not_renewed_ends() -> None:
    hub = Hub(LIMITS)
    kept, dropped = begun(hub, helper_stream()), begun(hub, helper_stream("other"))
    hub.renew(duty_topic("duty"), 2_000, [])
    hub.beat(monotonic=0, now=1_000)
    assert [event["event"] for event in await events(kept)] == ["hello"]
    assert (await events(dropped))[-1] == {"event": "bye", "code": "revoked", "may_return": True}


@pytest.mark.mission("M22")
async def test_a_stream_that_hears_more_lines_than_its_grant_ends_and_may_return() -> None:
    hub = Hub(LIMITS)
    duty, adults, young = duty_topic("duty"), LineCode("adults"), LineCode("young")
    topics = [duty, line_topic(adults), line_topic(young)]
    stream = begun(hub, Stream(ByHelper(DutyCode("duty")), topics, [adults, young], expires=1_000))
    hub.renew(duty, 1_000, [young, adults, LineCode("another")])
    assert [event["event"] for event in await events(stream)] == ["hello"]
    hub.renew(duty, 1_000, [adults])
    hub.deliver(Notice((line_topic(young),), b"{}"))
    assert await events(stream) == [{"event": "bye", "code": "revoked", "may_return": True}]
    assert len(hub) == 0


async def test_a_stopping_server_says_come_back_and_takes_nobody() -> None:
    hub = Hub(LIMITS)
    stream = begun(hub, visitor_stream())
    hub.end_all()
    assert (await events(stream))[-1] == {"event": "bye", "code": "restart", "may_return": True}
    with pytest.raises(Unavailable):
        hub.add(visitor_stream())


async def test_there_are_only_so_many_streams() -> None:
    hub = Hub(LIMITS)
    for index in range(5):
        hub.add(visitor_stream(str(index)))
    with pytest.raises(Unavailable):
        hub.add(visitor_stream("one too many"))


async def test_a_fifth_stream_of_one_browser_ends_the_oldest() -> None:
    hub = Hub(LIMITS)
    streams = [begun(hub, visitor_stream()) for _ in range(5)]
    assert (await events(streams[0]))[-1] == {"event": "bye", "code": "over", "may_return": False}
    assert len(hub) == 4


async def test_a_removed_stream_hears_nothing_and_can_be_removed_again() -> None:
    hub = Hub(LIMITS)
    stream = begun(hub, visitor_stream())
    await events(stream)
    hub.remove(stream)
    hub.remove(stream)
    hub.deliver(said(4))
    stream.close()
    assert await stream.chunk() == b""
    assert hub.listening(conversation_topic(TALK)) == []
