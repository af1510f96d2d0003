"""Streams and who hears what: bounded queues, goodbyes, and the newest page of a seat."""

import json
from typing import Any

import pytest

from suoja.lib.codes import LineCode
from suoja.lib.errors import Unavailable
from suoja.live.hub import Hub, Notice, Stream, conversation_topic, duty_topic, line_topic
from suoja.live.limits import Limits
from suoja.live.wire import PROTOCOL, Hello

TALK = "talk"
LIMITS = Limits(stream_queue=3, max_streams=5)
ADULTS, YOUNG = LineCode("adults"), LineCode("young")


def visitor_stream(code: str = TALK, epoch: int = 1) -> Stream:
    return Stream(code, epoch, [conversation_topic(code)], expires=1_000)


def helper_stream(duty: str = "duty", *lines: LineCode, epoch: int = 1) -> Stream:
    return Stream(duty, epoch, [duty_topic(duty)], expires=1_000).hearing(lines)


def begun(hub: Hub, stream: Stream) -> Stream:
    hub.add(stream)
    stream.tell(Hello(PROTOCOL, 8.0, ()))
    return stream


def said(number: int, *, is_last: bool = False) -> Notice:
    topics = (conversation_topic(TALK), duty_topic("duty"))
    return Notice(topics, b'{"event":"said","number":%d}' % number, is_last=is_last)


def events(stream: Stream) -> list[dict[str, Any]]:
    return [json.loads(part.removeprefix(b"data: ")) for part in stream.take().split(b"\n\n") if part]


def kinds(stream: Stream) -> list[str]:
    return [event["event"] for event in events(stream)]


def test_both_sides_hear_an_event_and_others_do_not() -> None:
    hub = Hub(LIMITS)
    ours = [begun(hub, stream) for stream in (visitor_stream(), helper_stream())]
    stranger = begun(hub, visitor_stream("another"))
    hub.deliver(said(4))
    for stream in ours:
        assert kinds(stream) == ["hello", "said"]
    assert kinds(stranger) == ["hello"]


def test_who_reads_is_woken_by_each_event_and_takes_all_that_waits() -> None:
    hub, woken = Hub(LIMITS), list[str]()
    stream = begun(hub, visitor_stream())
    stream.wake = lambda: woken.append("woken")
    hub.deliver(said(4))
    hub.deliver(said(5))
    assert woken == ["woken", "woken"]
    assert kinds(stream) == ["hello", "said", "said"]
    assert stream.take() == b""
    assert not stream.is_waiting


@pytest.mark.safety(38)
def test_a_reader_that_falls_behind_is_closed_as_slow_and_may_return() -> None:
    hub = Hub(LIMITS)
    stream = begun(hub, visitor_stream())
    for number in range(5):
        hub.deliver(said(number))
    assert events(stream) == [{"event": "bye", "code": "slow", "may_return": True}]
    assert stream.is_over
    assert len(hub) == 0


@pytest.mark.safety(38)
def test_few_but_large_events_fill_a_queue_as_well() -> None:
    hub = Hub(Limits(stream_bytes=2_000))
    stream = begun(hub, visitor_stream())
    for _ in range(3):
        hub.deliver(Notice((conversation_topic(TALK),), b"x" * 900))
    assert events(stream) == [{"event": "bye", "code": "slow", "may_return": True}]


def test_a_slow_reader_costs_the_others_nothing() -> None:
    hub = Hub(LIMITS)
    begun(hub, visitor_stream())
    quick = begun(hub, helper_stream())
    for number in range(4, 10):
        hub.deliver(said(number))
        assert events(quick)[-1]["number"] == number


def test_the_end_closes_the_visitors_stream_and_leaves_the_helpers() -> None:
    hub = Hub(LIMITS)
    theirs, ours = begun(hub, visitor_stream()), begun(hub, helper_stream())
    hub.deliver(said(9, is_last=True))
    assert events(theirs)[-2:] == [
        {"event": "said", "number": 9},
        {"event": "bye", "code": "over", "may_return": False},
    ]
    assert kinds(ours) == ["hello", "said"]
    assert not ours.is_over


@pytest.mark.safety(10)
def test_the_streams_of_older_pages_end_and_never_return() -> None:
    hub = Hub(LIMITS)
    older, newest = begun(hub, visitor_stream(epoch=2)), begun(hub, visitor_stream(epoch=3))
    hub.supersede(conversation_topic(TALK), 3)
    hub.deliver(said(4))
    assert events(older)[-1] == {"event": "bye", "code": "superseded", "may_return": False}
    assert kinds(newest) == ["hello", "said"]


def test_a_stream_whose_grant_was_not_renewed_ends() -> None:
    hub = Hub(LIMITS)
    kept, dropped = begun(hub, helper_stream()), begun(hub, helper_stream("other"))
    hub.renew(duty_topic("duty"), 2_000, [])
    hub.expire(999)
    assert len(hub) == 2
    hub.expire(1_000)
    assert kinds(kept) == ["hello"]
    assert events(dropped)[-1] == {"event": "bye", "code": "revoked", "may_return": True}


@pytest.mark.mission("M22")
def test_a_stream_that_hears_more_lines_than_its_grant_ends_and_may_return() -> None:
    hub = Hub(LIMITS)
    stream = begun(hub, helper_stream("duty", ADULTS, YOUNG))
    hub.renew(duty_topic("duty"), 1_000, [YOUNG, ADULTS, LineCode("another")])
    assert kinds(stream) == ["hello"]
    hub.renew(duty_topic("duty"), 1_000, [ADULTS])
    hub.deliver(Notice((line_topic(YOUNG),), b"{}"))
    assert events(stream) == [{"event": "bye", "code": "revoked", "may_return": True}]
    assert len(hub) == 0


def test_a_stopping_server_says_come_back_and_takes_nobody() -> None:
    hub = Hub(LIMITS)
    stream = begun(hub, visitor_stream())
    hub.end_all()
    assert events(stream)[-1] == {"event": "bye", "code": "restart", "may_return": True}
    with pytest.raises(Unavailable):
        hub.add(visitor_stream())


def test_there_are_only_so_many_streams() -> None:
    hub = Hub(LIMITS)
    for index in range(5):
        hub.add(visitor_stream(str(index)))
    with pytest.raises(Unavailable):
        hub.add(visitor_stream("one too many"))


def test_a_fifth_stream_of_one_page_ends_the_oldest() -> None:
    hub = Hub(Limits())
    streams = [begun(hub, visitor_stream()) for _ in range(5)]
    assert events(streams[0])[-1] == {"event": "bye", "code": "over", "may_return": False}
    assert len(hub) == 4


def test_a_removed_stream_hears_nothing_and_can_be_removed_again() -> None:
    hub = Hub(LIMITS)
    stream = begun(hub, visitor_stream())
    assert kinds(stream) == ["hello"]
    hub.remove(stream)
    hub.remove(stream)
    hub.deliver(said(4))
    assert stream.take() == b""
    assert hub.listening(conversation_topic(TALK)) == ()


def test_it_is_told_when_a_page_has_no_stream_left() -> None:
    hub, left = Hub(LIMITS), list[Stream]()
    hub.left = left.append
    first, second = begun(hub, visitor_stream()), begun(hub, visitor_stream())
    hub.remove(first)
    assert left == []
    hub.remove(second)
    assert left == [second]
