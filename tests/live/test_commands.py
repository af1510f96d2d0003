"""What each command does, through the very door: a whole talk, the queue, coming back, and the quick exit."""

import pytest

from suoja.lib.codes import ConversationCode
from tests.live.asgi import HOST, PUBLIC_KEY, Service, body_of


def log_of(live: Service, code: str) -> list[bytes]:
    return list(live.core.journal.read(ConversationCode(code), 0, 1_000).bodies)


# --- a whole talk ---------------------------------------------------------------------------------------------------


@pytest.mark.mission("M1")
async def test_a_talk_goes_from_the_queue_to_nothing_left(live: Service) -> None:
    visitor, professional, helper = await live.talk()
    code, grant = visitor["conversation"], visitor["grant"]
    async with live.stream(grant) as theirs, live.stream(professional) as ours:
        assert (await theirs.next())["event"] == "hello"
        assert (await ours.next())["conversations"][0]["state"] == "active"
        sealed = {"conversation": code, "recipient": helper, "sealed": "sealed-key", "answers": 2}
        key = await live.post("key", sealed, grant)
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


@pytest.mark.mission("M7")
async def test_the_visitor_is_told_who_has_accepted(live: Service) -> None:
    peer = await live.on_duty(live.peer_grant())
    visitor = await live.visitor()
    async with live.stream(visitor["grant"]) as theirs:
        await live.post("accept", {"line": "adults"}, peer)
        accepted = await theirs.next("accepted")
    assert accepted["role"] == "peer"
    assert "hatvertainen" in accepted["names"]["fi"]
    assert accepted["public_key"] == PUBLIC_KEY


async def test_a_reloaded_page_gets_its_half_of_the_key_again(live: Service) -> None:
    visitor, _, _ = await live.talk()
    resumed = (await live.post("resume", {}, visitor["grant"])).json
    assert resumed["half_key"] == visitor["half_key"]
    assert resumed["snapshot"]["participant"] == visitor["participant"]
    assert resumed["snapshot"]["state"] == "active"


async def test_what_a_stream_has_missed_can_be_read(live: Service) -> None:
    visitor, professional, _ = await live.talk()
    code = visitor["conversation"]
    for grant in (visitor["grant"], professional):
        answer = (await live.post("read", {"conversation": code, "after": 1}, grant)).json
        assert [event["event"] for event in answer["events"]] == ["accepted"]
        assert answer["newest"] == 2


async def test_typing_reaches_the_other_side_alone(live: Service) -> None:
    visitor, professional, helper = await live.talk()
    code = visitor["conversation"]
    async with live.stream(visitor["grant"]) as theirs, live.stream(professional) as ours:
        await live.post("typing", {"conversation": code, "is_typing": True}, visitor["grant"])
        assert (await ours.next("typing"))["participant"] == visitor["participant"]
        await live.post("typing", {"conversation": code, "is_typing": False}, professional)
        assert await theirs.next("typing") == {
            "event": "typing",
            "conversation": code,
            "participant": helper,
            "is_typing": False,
        }


async def test_the_queue_is_told_its_places_and_the_helpers_who_waits(live: Service) -> None:
    professional = await live.on_duty(live.helper_grant())
    first, second = await live.visitor(), await live.visitor(wants_professional=True)
    async with live.stream(second["grant"]) as theirs, live.stream(professional) as ours:
        assert (await theirs.next("queue"))["place"] == 2
        waiting = await ours.next("waiting")
        while len(waiting["visitors"]) < 2:
            waiting = await ours.next("waiting")
        assert [visitor["wants_professional"] for visitor in waiting["visitors"]] == [False, True]
        await live.post("end", {"conversation": first["conversation"]}, first["grant"])
        assert (await theirs.next("queue"))["place"] == 1


@pytest.mark.mission("M22")
@pytest.mark.safety(24)
async def test_a_peer_never_sees_who_waits_on_the_line_of_the_young(live: Service) -> None:
    await live.on_duty(live.helper_grant())
    peer = await live.on_duty(live.peer_grant())
    await live.visitor("young")
    async with live.stream(peer) as ours:
        assert (await ours.next("waiting"))["line"] == "adults"
        assert not live.core.hub.listening("line:young")
    assert (await live.post("accept", {"line": "young"}, peer)).error == "not_for_peers"


@pytest.mark.mission("M22")
@pytest.mark.safety(24)
async def test_who_was_made_a_peer_takes_nobody_of_the_young_and_hears_of_them_no_more(live: Service) -> None:
    professional = await live.on_duty(live.helper_grant())
    await live.visitor("young")
    demoted = live.helper_grant(role="peer")
    async with live.stream(professional) as ours:
        await ours.next("hello")
        assert (await live.post("accept", {"line": "young"}, demoted)).error == "not_for_peers"
        assert (await live.post("here", {"positions": {}}, demoted)).status == 204
        assert (await ours.rest())[-1] == {"event": "bye", "code": "revoked", "may_return": True}
    async with live.stream(demoted):
        assert live.core.hub.listening("line:adults")
        assert not live.core.hub.listening("line:young")


async def test_a_console_that_comes_back_finds_its_talk(live: Service) -> None:
    visitor, professional, helper = await live.talk()
    answer = (await live.post("on-duty", {"public_key": PUBLIC_KEY}, professional)).json
    assert answer["is_available"]
    assert [(held["conversation"], held["participant"]) for held in answer["conversations"]] == [
        (visitor["conversation"], helper)
    ]


async def test_a_helper_who_missed_the_end_still_learns_how_it_ended(live: Service) -> None:
    visitor, professional, _ = await live.talk()
    await live.post("exit", visitor["exit_grant"].encode(), headers={"content-type": "text/plain"})
    answer = (await live.post("read", {"conversation": visitor["conversation"], "after": 2}, professional)).json
    assert [(event["event"], event["how"]) for event in answer["events"]] == [("ended", "left_quickly")]


# --- the exit -------------------------------------------------------------------------------------------------------


@pytest.mark.safety(2)
@pytest.mark.parametrize("origin", [None, f"https://{HOST}", "https://organisation.test", "null"])
async def test_the_exit_destroys_and_says_nothing(live: Service, origin: str | None) -> None:
    visitor, _, _ = await live.talk()
    headers = {"content-type": "text/plain;charset=UTF-8", "origin": origin}
    answer = await live.post("exit", visitor["exit_grant"].encode(), headers=headers)
    assert (answer.status, answer.body) == (204, b"")
    assert (await live.post("resume", {}, visitor["grant"])).error == "gone"


@pytest.mark.safety(7)
async def test_the_helper_sees_that_the_visitor_left_quickly_and_can_write_no_more(live: Service) -> None:
    visitor, professional, _ = await live.talk()
    async with live.stream(professional) as ours:
        await live.post("exit", visitor["exit_grant"].encode())
        assert (await ours.next("ended"))["how"] == "left_quickly"
    said = await live.post("say", body_of("say", visitor["conversation"]), professional)
    assert said.error == "gone"


@pytest.mark.safety(2)
@pytest.mark.parametrize(
    "body", [b"", b"nonsense", b"\xff\xfe", b"x" * 10_000, b"payload.signature"], ids=lambda body: str(body[:8])
)
async def test_a_broken_exit_is_answered_alike_and_destroys_nothing(live: Service, body: bytes) -> None:
    visitor, _, _ = await live.talk()
    answer = await live.post("exit", body)
    assert (answer.status, answer.body) == (204, b"")
    assert (await live.post("resume", {}, visitor["grant"])).status == 200


async def test_only_an_exit_grant_exits(live: Service) -> None:
    visitor, professional, _ = await live.talk()
    for grant in (visitor["grant"], professional):
        assert (await live.post("exit", grant.encode())).status == 204
    assert (await live.post("resume", {}, visitor["grant"])).status == 200


async def test_a_foreign_page_can_not_exit_for_a_visitor(live: Service) -> None:
    visitor, _, _ = await live.talk()
    answer = await live.post("exit", visitor["exit_grant"].encode(), headers={"origin": "https://foreign.test"})
    assert answer.status == 204
    assert (await live.post("resume", {}, visitor["grant"])).status == 200
