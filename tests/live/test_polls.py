"""The long poll: the stream in whole answers, for a browser behind a proxy that passes on nothing before its end."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from msgspec.structs import replace

from suoja.live.hub import Stream, conversation_topic, duty_topic, line_topic
from suoja.live.limits import Limits
from suoja.live.polls import Polls
from suoja.live.session import Credits
from tests.live.asgi import Answer, Service, body_of, service
from tests.live.cast import TALK, TALKING, says
from tests.live.stage import Stage

QUICK = Limits(poll_within=0.05, poll_lingers=0.1, gone_after=0.1, heartbeat_active=0.5, answer_within=0.1)


def events(answer: Answer) -> list[dict[str, Any]]:
    assert answer.status == 200
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["content-type"] == "text/event-stream"
    return [json.loads(part.removeprefix(b"data: ")) for part in answer.body.split(b"\n\n") if part]


def kinds(answer: Answer) -> list[str]:
    return [event["event"] for event in events(answer)]


async def poll(live: Service, grant: str, what: str, epoch: int = 1) -> Answer:
    return await live.post("events", {"poll": what}, grant, epoch=epoch, stays=True)


async def waiting_poll(live: Service, grant: str) -> "asyncio.Task[Answer]":
    """Ask for what comes next, and come to the point where the answer waits for it."""
    asked = asyncio.create_task(poll(live, grant, "next"))
    await asyncio.sleep(0.02)
    return asked


async def test_it_begins_with_what_a_stream_begins_with(live: Service) -> None:
    visitor, _, _ = await live.talk()
    assert kinds(await poll(live, visitor["grant"], "begin")) == ["hello", "presence"]


async def test_the_next_waits_until_there_is_something(live: Service) -> None:
    visitor, professional, _ = await live.talk()
    await poll(live, visitor["grant"], "begin")
    waits = await waiting_poll(live, visitor["grant"])
    assert not waits.done()
    await live.post("say", body_of("say", visitor["conversation"]), professional)
    assert kinds(await waits) == ["said"]


async def test_what_came_between_two_polls_is_given_at_once(live: Service) -> None:
    visitor, professional, _ = await live.talk()
    await poll(live, visitor["grant"], "begin")
    await live.post("say", body_of("say", visitor["conversation"]), professional)
    await live.post("typing", body_of("typing", visitor["conversation"]), professional)
    assert kinds(await poll(live, visitor["grant"], "next")) == ["said", "typing"]


async def test_with_nothing_to_tell_it_is_answered_empty_after_a_while() -> None:
    async with service(QUICK) as live:
        visitor, _, _ = await live.talk()
        await poll(live, visitor["grant"], "begin")
        assert events(await poll(live, visitor["grant"], "next")) == []
        assert len(live.core.hub) == 1


async def test_where_none_stands_the_next_begins_anew(live: Service) -> None:
    visitor, _, _ = await live.talk()
    assert kinds(await poll(live, visitor["grant"], "next")) == ["hello", "presence"]


async def test_what_nobody_asks_for_is_let_go_of_and_begins_anew() -> None:
    async with service(QUICK) as live:
        visitor, _, _ = await live.talk()
        await poll(live, visitor["grant"], "begin")
        async with asyncio.timeout(5):
            while len(live.core.hub):  # noqa: ASYNC110  # Time alone brings it about.
                await asyncio.sleep(0.01)
        assert kinds(await poll(live, visitor["grant"], "next"))[0] == "hello"


async def test_who_polls_on_is_never_taken_for_gone() -> None:
    # A page that has no stream is missed sooner than a poll is answered.
    async with service(replace(QUICK, gone_after=0.02)) as live:
        visitor, professional, _ = await live.talk()
        await poll(live, visitor["grant"], "begin")
        async with live.stream(professional) as ours:
            for _ in range(12):
                await poll(live, visitor["grant"], "next")
                await live.post("here", {"positions": {}}, visitor["grant"])
            await live.post("say", body_of("say", visitor["conversation"]), visitor["grant"])
            states = []
            while (event := await ours.next())["event"] != "said":
                states += [event["state"]] if event["event"] == "presence" else []
        assert states == ["here"]


async def test_a_lost_answer_is_mended_by_beginning_anew(live: Service) -> None:
    visitor, professional, _ = await live.talk()
    await poll(live, visitor["grant"], "begin")
    await live.post("say", body_of("say", visitor["conversation"]), professional)
    await poll(live, visitor["grant"], "next")  # lost on its way
    hello = events(await poll(live, visitor["grant"], "begin"))[0]
    assert hello["conversations"][0]["newest"] == 3
    assert len(live.core.hub) == 1


async def test_of_two_polls_of_one_page_the_newer_is_answered(live: Service) -> None:
    visitor, professional, _ = await live.talk()
    await poll(live, visitor["grant"], "begin")
    older = await waiting_poll(live, visitor["grant"])
    newer = await waiting_poll(live, visitor["grant"])
    assert events(await older) == []
    await live.post("say", body_of("say", visitor["conversation"]), professional)
    assert kinds(await newer) == ["said"]


async def test_a_poll_whose_connection_is_gone_takes_nothing(live: Service) -> None:
    visitor, professional, _ = await live.talk()
    await poll(live, visitor["grant"], "begin")
    # It disconnects at once, and doesn't hold the poll for the half minute that another would wait.
    gone = await asyncio.wait_for(live.post("events", {"poll": "next"}, visitor["grant"]), 5)
    assert gone.body == b""
    await live.post("say", body_of("say", visitor["conversation"]), professional)
    assert kinds(await poll(live, visitor["grant"], "next")) == ["said"]


def polls_of_a_talk() -> tuple[Stage, Polls, Callable[[], Awaitable[Stream]]]:
    """Return a talk on a stage, its polls, and how a visitor's stream opens."""
    stage = Stage()
    stage.commit(*TALKING)
    return stage, Polls(stage.core.hub, stage.limits, lambda: stage.time), stage.visitor


async def test_a_connection_that_goes_as_something_comes_takes_it_from_nobody() -> None:
    stage, polls, opens = polls_of_a_talk()

    def next_piece(gone: "asyncio.Future[None]") -> "asyncio.Task[bytes]":
        return asyncio.create_task(polls.next(conversation_topic(TALK), 1, opens, gone))

    await polls.begin(opens)
    gone, stays = (asyncio.get_running_loop().create_future() for _ in range(2))
    lost = next_piece(gone)
    await asyncio.sleep(0)
    gone.set_result(None)
    stage.commit(says())
    assert await lost == b""
    assert b"said" in await next_piece(stays)


@pytest.mark.safety(10)
async def test_an_older_page_is_told_that_it_is_superseded(live: Service) -> None:
    visitor, _, _ = await live.talk()
    await poll(live, visitor["grant"], "begin")
    waits = await waiting_poll(live, visitor["grant"])
    await live.post("resume", {}, visitor["grant"])
    assert events(await waits) == [{"event": "bye", "code": "superseded", "may_return": False}]
    refused = await poll(live, visitor["grant"], "next")
    assert (refused.status, refused.error) == (409, "superseded")
    assert kinds(await poll(live, visitor["grant"], "next", epoch=2))[0] == "hello"


async def test_the_last_of_a_talk_is_given_and_nothing_after_it(live: Service) -> None:
    visitor, _, _ = await live.talk()
    await poll(live, visitor["grant"], "begin")
    waits = await waiting_poll(live, visitor["grant"])
    await live.post("exit", visitor["exit_grant"].encode())
    assert kinds(await waits) == ["ended", "bye"]
    assert (await poll(live, visitor["grant"], "next")).error == "gone"


async def test_a_stopping_server_answers_those_who_wait(live: Service) -> None:
    visitor, _, _ = await live.talk()
    await poll(live, visitor["grant"], "begin")
    waits = await waiting_poll(live, visitor["grant"])
    live.core.hub.end_all()
    assert events(await waits) == [{"event": "bye", "code": "restart", "may_return": True}]


@pytest.mark.safety(38)
async def test_polls_take_credits_like_everything_else(live: Service) -> None:
    visitor, _, _ = await live.talk()
    live.core.credits = Credits(3, 0.001)
    answers = [(await poll(live, visitor["grant"], "begin")).status for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]


async def test_a_console_can_poll_too(live: Service) -> None:
    visitor, professional, _ = await live.talk()
    assert kinds(await poll(live, professional, "begin")) == ["hello", "presence", "waiting", "waiting"]
    waits = await waiting_poll(live, professional)
    await live.post("say", body_of("say", visitor["conversation"]), visitor["grant"])
    assert "said" in kinds(await waits)


@pytest.mark.mission("M22")
@pytest.mark.safety(24)
async def test_who_was_made_a_peer_polls_nothing_of_the_young_any_more(live: Service) -> None:
    professional = await live.on_duty(live.helper_grant())
    await poll(live, professional, "begin")
    await live.visitor("young")
    live.core.notices.tell()
    [stream] = live.core.hub.listening(line_topic("young"))
    assert stream.is_waiting
    peer = live.helper_grant(role="peer")
    assert events(await poll(live, peer, "next")) == [{"event": "bye", "code": "revoked", "may_return": True}]
    again = events(await poll(live, peer, "next"))
    assert [(event["event"], event.get("line")) for event in again] == [("hello", None), ("waiting", "adults")]
    assert live.core.hub.listening(line_topic("young")) == ()


async def test_a_poll_keeps_the_stream_as_long_as_its_grant(live: Service) -> None:
    _, professional, _ = await live.talk()
    await poll(live, professional, "begin")
    [stream] = live.core.hub.listening(duty_topic("duty-of-professional"))
    waits = await waiting_poll(live, live.helper_grant(expires=stream.expires + 60))
    assert stream.expires == int(live.clock().timestamp()) + 360
    waits.cancel()


async def test_what_is_polled_stands_for_a_while_and_no_longer() -> None:
    stage, polls, opens = polls_of_a_talk()
    assert await polls.begin(opens)
    polls.expire(stage.time + 14.9)
    assert len(stage.core.hub) == 1
    polls.expire(stage.time + 15)
    assert len(stage.core.hub) == 0
