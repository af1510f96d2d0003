"""A talk through the door and onto the disk: the whole core over SQLite, in this process."""

import asyncio

import pytest

from suoja.live.limits import Limits
from tests.conversations.talks import Store
from tests.live.asgi import body_of, service

MARK = "sealed-MARK-of-this-talk"


@pytest.mark.mission("M12")
@pytest.mark.safety(35)
async def test_twenty_messages_both_ways_in_order_and_then_nothing(store: Store) -> None:
    async with service(Limits(), store.journal) as live:
        visitor, professional, helper = await live.talk()
        code, grant = visitor["conversation"], visitor["grant"]
        await live.post("key", body_of("key", code, helper), grant)
        async with live.stream(professional) as ours, live.stream(grant) as theirs:
            for index in range(20):
                side = grant if index % 2 else professional
                said = {"conversation": code, "messages": [{"id": f"m{index}", "sealed": f"{MARK}-{index}"}]}
                assert (await live.post("say", said, side)).json == {"numbers": [index + 4]}
            for stream in (ours, theirs):
                assert [(await stream.next("said"))["number"] for _ in range(20)] == list(range(4, 24))
            assert MARK.encode() in store.bytes_on_disk()
            await live.post("end", {"conversation": code}, grant)
            for side in (grant, professional):
                await live.post("here", {"positions": {code: 24}}, side)
            await ours.next("ended")
        await live.post("close", {"conversation": code}, professional)
    content = store.bytes_on_disk()
    assert MARK.encode() not in content
    for trace in ("half_key", "conversation", "participant"):
        assert visitor[trace].encode() not in content
    assert (store.rows("entry"), store.rows("conversation")) == (0, 0)


@pytest.mark.safety(25)
async def test_twenty_helpers_accept_at_once_through_the_door(store: Store) -> None:
    async with service(Limits(), store.journal) as live:
        grants = [live.helper_grant(duty=f"duty-{index}", helper=f"helper-{index}") for index in range(20)]
        for grant in grants:
            await live.on_duty(grant)
        await live.visitor()
        answers = await asyncio.gather(*(live.post("accept", {"line": "adults"}, grant) for grant in grants))
        assert sorted(answer.status for answer in answers) == [200] + [409] * 19
        assert {answer.error for answer in answers if answer.status == 409} == {"nobody_waiting"}


@pytest.mark.safety(36)
async def test_a_talk_goes_on_after_a_restart(store: Store) -> None:
    async with service(Limits(), store.journal) as live:
        visitor, professional, _ = await live.talk()
        said = body_of("say", visitor["conversation"])
        first = await live.post("say", said, visitor["grant"])
    async with service(Limits(), store.journal) as live:
        assert (await live.post("say", said, visitor["grant"])).json == first.json
        async with live.stream(visitor["grant"]) as theirs, live.stream(professional) as ours:
            for stream in (theirs, ours):
                assert (await stream.next("hello"))["conversations"][0]["newest"] == 3
