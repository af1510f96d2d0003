"""The door: a whole talk through it, and what each wrong request gets."""

from collections.abc import AsyncIterator

import pytest

from tests.live.asgi import Service, service


@pytest.fixture
async def live() -> AsyncIterator[Service]:
    async with service() as running:
        yield running


@pytest.mark.mission("M1")
async def test_a_talk_goes_from_the_queue_to_nothing_left(live: Service) -> None:
    visitor, professional, helper = await live.talk()
    code, grant = visitor["conversation"], visitor["grant"]
    async with live.stream(grant) as theirs, live.stream(professional) as ours:
        assert (await theirs.next())["event"] == "hello"
        assert (await ours.next())["conversations"][0]["state"] == "active"
        key = await live.post("key", {"conversation": code, "recipient": helper, "sealed": "sealed-key"}, grant)
        assert key.json == {"numbers": [3]}
        said = {"conversation": code, "messages": [{"id": "one", "sealed": "abc"}, {"id": "two", "sealed": "def"}]}
        assert (await live.post("say", said, grant)).json == {"numbers": [4, 5]}
        assert [(await ours.next("said"))["number"] for _ in range(2)] == [4, 5]
        assert (await live.post("end", {"conversation": code}, professional)).json == {"numbers": [6]}
        assert (await theirs.next("ending"))["how"] == "helper_ended"
        assert (await live.post("here", {"positions": {code: 6}}, grant)).status == 204
        assert (await live.post("here", {"positions": {code: 6}}, professional)).status == 204
        assert (await ours.next("ended"))["number"] == 7
        assert [event["event"] for event in await theirs.rest()] == ["ended", "bye"]
    assert (await live.post("resume", {}, grant)).error == "gone"
    assert (await live.post("close", {"conversation": code}, professional)).status == 204
    assert (await live.post("close", {"conversation": code}, professional)).error == "gone"
