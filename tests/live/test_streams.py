"""Opening a stream: from memory alone, by the newest page alone, greeted with how everything stands."""

import pytest

from suoja.lib.errors import ConversationGone, Superseded, Unauthorised
from suoja.live.operations import EndDuty
from tests.live.asgi import Service, service
from tests.live.cast import ADULTS, ON_DUTY, PROFESSIONAL, TALK, TALKING, leaves, opens, resumes, starts
from tests.live.stage import Stage, events_in


async def test_a_visitor_is_greeted_with_where_the_talk_stands_and_how_the_helper_is() -> None:
    stage = Stage()
    stage.commit(*TALKING)
    hello, presence = events_in(await stage.visitor())
    assert hello["heartbeat_seconds"] == 8.0
    assert [(one["conversation"], one["participant"], one["newest"]) for one in hello["conversations"]] == [
        (TALK, "visitor", 3)
    ]
    assert (presence["participant"], presence["state"]) == ("helper", "here")


async def test_a_waiting_visitor_is_greeted_with_the_place() -> None:
    stage = Stage()
    stage.commit(*ON_DUTY, opens("a"), opens("b"))
    hello, queue = events_in(await stage.visitor("b"))
    assert (hello["heartbeat_seconds"], queue["place"]) == (25.0, 2)


async def test_a_helper_is_greeted_with_the_talks_the_visitors_and_who_waits() -> None:
    stage = Stage()
    stage.commit(*TALKING, opens("waits"))
    told = events_in(await stage.helper())
    assert [event["event"] for event in told] == ["hello", "presence", "waiting", "waiting"]
    assert [one["participant"] for one in told[0]["conversations"]] == ["helper"]
    assert [(event["line"], len(event["visitors"])) for event in told[2:]] == [("adults", 1), ("young", 0)]


async def test_a_helper_still_hears_of_a_talk_that_has_ended_until_it_is_closed() -> None:
    stage = Stage()
    stage.commit(*TALKING, leaves())
    hello = events_in(await stage.helper())[0]
    assert [(one["state"], one["newest"]) for one in hello["conversations"]] == [("ended", 4)]


@pytest.mark.mission("M22")
async def test_a_peer_hears_of_no_line_that_is_not_for_peers() -> None:
    async with service() as live:
        await live.on_duty(live.helper_grant())
        peer = await live.on_duty(live.peer_grant())
        async with live.stream(peer) as ours:
            assert (await ours.next("waiting"))["line"] == "adults"
            [stream] = live.core.hub.listening("line:adults")
            assert stream.lines == (ADULTS,)
            assert live.core.hub.listening("line:young") == ()


@pytest.mark.safety(10)
async def test_an_older_page_gets_no_stream() -> None:
    stage = Stage()
    stage.commit(*TALKING, resumes())
    with pytest.raises(Superseded):
        await stage.visitor(epoch=1)
    with pytest.raises(Superseded):
        await stage.visitor(epoch=3)
    stage.commit(starts())
    with pytest.raises(Superseded):
        await stage.helper(epoch=1)
    assert len(stage.core.hub) == 0


async def test_what_has_gone_gets_no_stream() -> None:
    stage = Stage()
    with pytest.raises(ConversationGone):
        await stage.visitor()
    stage.commit(*TALKING, leaves())
    with pytest.raises(ConversationGone):
        await stage.visitor()
    stage.commit(EndDuty(PROFESSIONAL.duty))
    with pytest.raises(Unauthorised):
        await stage.helper()


async def test_a_duty_that_nobody_knows_is_asked_of_the_journal(live: Service) -> None:
    ended = await live.on_duty(live.helper_grant())
    await live.core.revoke(PROFESSIONAL.duty)
    live.core._revoked.clear()
    live.core.living._duties.clear()
    assert (await live.post("events", {}, ended)).error == "unauthorised"
    assert (await live.post("events", {}, live.peer_grant())).error == "not_on_duty"


@pytest.mark.safety(37)
async def test_opening_answering_and_writing_ask_no_disk_and_no_thread(
    live: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor, professional, _ = await live.talk()
    waits = await live.visitor()

    def broken(*_: object) -> None:
        raise AssertionError

    for name in ("apply", "seat", "read", "held_by", "duty", "waiting", "living"):
        monkeypatch.setattr(live.core.journal, name, broken)
    monkeypatch.setattr(live.core, "reading", broken)
    monkeypatch.setattr(live.core, "commit", broken)
    async with (
        live.stream(visitor["grant"]) as theirs,
        live.stream(waits["grant"]) as queue,
        live.stream(professional) as ours,
    ):
        for stream in (theirs, queue, ours):
            assert (await stream.next())["event"] == "hello"
        for grant in (visitor["grant"], waits["grant"], professional):
            assert (await live.post("here", {"positions": {}}, grant)).status == 204
        typing = {"conversation": visitor["conversation"], "is_typing": True}
        assert (await live.post("typing", typing, visitor["grant"])).status == 204
        assert (await ours.next("typing"))["is_typing"]
