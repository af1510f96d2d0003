"""What each command does, through the very door: a whole talk, the queue, coming back, and the quick exit."""

import asyncio
from datetime import timedelta

import pytest
from msgspec.structs import replace

from suoja.lib.codes import ConversationCode, DutyCode
from suoja.lib.grants import HelperGrant, VisitorGrant
from suoja.live.commands import must_renew
from suoja.live.limits import Limits
from suoja.live.memory import memory_journal
from suoja.live.records import Duty
from suoja.live.session import MAY
from suoja.live.wire import COMMANDS, Seated
from tests.live.asgi import HOST, PUBLIC_KEY, Service, body_of, line_rule, service
from tests.live.cast import NOW, STANDING, starts


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


# --- the newest page ------------------------------------------------------------------------------------------------

SEATED = sorted(name for name, kind in COMMANDS.items() if issubclass(kind, Seated))


@pytest.mark.safety(10)
@pytest.mark.parametrize("name", SEATED)
async def test_an_older_page_is_refused_on_every_command(live: Service, name: str) -> None:
    visitor, professional, helper = await live.talk()
    code = visitor["conversation"]
    assert (await live.post("resume", {}, visitor["grant"])).json["epoch"] == 2
    assert (await live.post("on-duty", {"public_key": PUBLIC_KEY}, professional)).json["epoch"] == 2
    before = log_of(live, code)
    for grant, kind in ((visitor["grant"], VisitorGrant), (professional, HelperGrant)):
        for epoch in (1, 3) if kind in MAY[name] else ():
            answer = await live.post(name, body_of(name, code, helper), grant, epoch=epoch)
            assert (answer.status, answer.error) == (409, "superseded")
    assert log_of(live, code) == before
    assert (await live.post("here", {"positions": {}}, professional, epoch=2)).status == 204


@pytest.mark.safety(10)
async def test_the_newest_page_takes_over_and_the_older_stream_is_told(live: Service) -> None:
    visitor, professional, _ = await live.talk()
    async with live.stream(visitor["grant"]) as older:
        await older.next("hello")
        await live.post("resume", {}, visitor["grant"])
        assert (await older.rest())[-1] == {"event": "bye", "code": "superseded", "may_return": False}
    async with live.stream(visitor["grant"], epoch=2) as newest:
        await newest.next("hello")
        await live.post("say", body_of("say", visitor["conversation"]), professional)
        assert (await newest.next("said"))["number"] == 3


async def test_a_console_that_asks_again_from_the_same_page_keeps_its_epoch(live: Service) -> None:
    professional = await live.on_duty(live.helper_grant())
    again = {"public_key": PUBLIC_KEY, "epoch": 1}
    assert (await live.post("on-duty", again, professional)).json["epoch"] == 1
    assert (await live.post("on-duty", again | {"epoch": 7}, professional)).error == "superseded"


async def test_start_pressed_once_is_one_conversation_however_often_it_is_sent(live: Service) -> None:
    await live.on_duty(live.helper_grant())
    body = body_of("open")
    first, second = (await live.post("open", body)).json, (await live.post("open", body)).json
    assert (first["conversation"], first["half_key"]) == (second["conversation"], second["half_key"])
    assert (first["epoch"], second["epoch"]) == (1, 1)
    assert len(log_of(live, first["conversation"])) == 1
    assert first["conversation"] != (await live.visitor())["conversation"]
    await live.post("exit", first["exit_grant"].encode())
    assert (await live.post("open", body)).error == "gone"


# --- who is there ---------------------------------------------------------------------------------------------------

SOON = Limits(gone_after=0.05, left_after=0.1, absence_limit=0.3, park_after=0.1)


async def lost(live: Service, code: str) -> None:
    async with asyncio.timeout(5):
        while not live.core.attendance.visitors.is_lost(ConversationCode(code)):  # noqa: ASYNC110  # Time does it.
            await asyncio.sleep(0.01)


@pytest.mark.safety(30)
async def test_who_is_away_is_not_accepted_and_keeps_the_place() -> None:
    async with service(SOON) as live:
        professional = await live.on_duty(live.helper_grant())
        away, there = await live.visitor(), await live.visitor()
        async with live.stream(there["grant"]) as theirs:
            await theirs.next("queue")
            await lost(live, away["conversation"])
            accepted = await live.post("accept", {"line": "adults"}, professional)
            assert accepted.json["snapshot"]["conversation"] == there["conversation"]
            second = await live.on_duty(live.helper_grant(duty="second", helper="professional2"))
            assert (await live.post("accept", {"line": "adults"}, second)).error == "nobody_waiting"
            async with live.stream(away["grant"]) as back:
                assert (await back.next("queue"))["place"] == 1
                accepted = await live.post("accept", {"line": "adults"}, second)
                assert accepted.json["snapshot"]["conversation"] == away["conversation"]


@pytest.mark.mission("M13")
async def test_a_talk_is_put_back_only_when_the_visitor_has_been_away_for_long() -> None:
    async with service(Limits(gone_after=0.05, park_after=0.1)) as live:
        visitor, professional, _ = await live.talk()
        park = body_of("park", visitor["conversation"])
        async with live.stream(visitor["grant"]) as theirs:
            await theirs.next("hello")
            assert (await live.post("park", park, professional)).error == "visitor_present"
        await lost(live, visitor["conversation"])
        await asyncio.sleep(0.15)
        assert (await live.post("park", park, professional)).json == {"numbers": [3]}
        assert (await live.post("say", body_of("say", visitor["conversation"]), professional)).error == "not_yours"
        async with live.stream(visitor["grant"]) as theirs:
            assert (await theirs.next("hello"))["conversations"][0]["state"] == "waiting"
            assert (await theirs.next("queue"))["place"] == 1


@pytest.mark.safety(30)
async def test_nobody_is_waited_for_without_an_end() -> None:
    async with service(SOON) as live:
        visitor, professional, _ = await live.talk()
        waits = await live.visitor()
        async with live.stream(professional) as ours:
            assert (await ours.next("ending"))["how"] == "visitor_lost"
        code = ConversationCode(waits["conversation"])
        async with asyncio.timeout(5):
            while live.core.living.conversation(code):  # noqa: ASYNC110  # As above.
                await asyncio.sleep(0.01)
        assert (await live.post("events", {}, waits["grant"])).error == "gone"
        assert (await live.post("events", {"poll": "begin"}, visitor["grant"])).status == 200


@pytest.mark.safety(30)
async def test_who_signs_in_elsewhere_takes_on_at_once_what_a_dead_console_held() -> None:
    async with service(Limits(gone_after=0.05)) as live:
        visitor, _, _ = await live.talk()
        elsewhere = live.helper_grant(duty="elsewhere")
        async with live.stream(visitor["grant"]) as theirs:
            await theirs.next("hello")
            async with asyncio.timeout(5):
                while not live.core.attendance.helpers.is_lost(DutyCode("duty-of-professional")):  # noqa: ASYNC110  # As above.
                    await asyncio.sleep(0.01)
            await live.on_duty(elsewhere)
            assert (await theirs.next("requeued"))["why"] == "helper_lost"
            accepted = await live.post("accept", {"line": "adults"}, elsewhere)
            assert accepted.json["snapshot"]["conversation"] == visitor["conversation"]


async def test_a_hidden_page_and_a_page_that_leaves_are_told_to_the_helper() -> None:
    async with service(SOON) as live:
        visitor, professional, _ = await live.talk()
        async with live.stream(professional) as ours:
            await ours.next("presence")
            async with live.stream(visitor["grant"]) as theirs:
                await theirs.next("hello")
                await live.post("here", {"positions": {}, "state": "hidden"}, visitor["grant"])
                assert (await ours.next("presence"))["state"] == "hidden"
                await live.post("here", {"positions": {}, "state": "leaving"}, visitor["grant"])
            assert (await ours.next("presence"))["state"] == "left"


async def test_an_ending_is_over_when_both_have_said_how_far_they_are(live: Service) -> None:
    visitor, professional, _ = await live.talk()
    code = visitor["conversation"]
    await live.post("end", {"conversation": code}, visitor["grant"])
    assert (await live.post("here", {"positions": {code: 3, "another": 9}}, professional)).status == 204
    assert (await live.post("here", {"positions": {code: 3}}, visitor["grant"])).status == 204
    assert (await live.post("here", {"positions": {code: 4}}, visitor["grant"])).error == "gone"


# --- the lease ------------------------------------------------------------------------------------------------------


def test_a_lease_is_renewed_when_it_has_grown_old_or_the_account_stands_otherwise() -> None:
    now, limits = 1_000_000, Limits()
    [duty] = memory_duty(lease_until=now + 60_000)
    assert not must_renew(duty, STANDING, now, limits)
    assert not must_renew(duty, STANDING, now + 9_900, limits)
    assert must_renew(duty, STANDING, now + 10_000, limits)
    assert must_renew(duty, replace(STANDING, role="peer"), now, limits)
    # A console that is soon taken for lost has to be heard sooner.
    assert must_renew(duty, STANDING, now + 2_000, Limits(helper_lost_after=12))


def memory_duty(**changes: int) -> list[Duty]:
    journal = memory_journal(line_rule)
    journal.apply([starts()], NOW)
    return [replace(duty, **changes) for duty in journal.running_duties()]


async def test_an_answer_renews_the_lease_by_a_write_only_when_it_is_due(live: Service) -> None:
    professional = await live.on_duty(live.helper_grant())
    duty = DutyCode("duty-of-professional")

    def lease() -> int:
        known = live.core.living.duty(duty)
        assert known is not None
        return known.lease_until

    before = lease()
    live.clock.instant += timedelta(seconds=8)
    await live.post("here", {"positions": {}}, professional)
    assert lease() == before
    live.clock.instant += timedelta(seconds=8)
    await live.post("here", {"positions": {}}, professional)
    assert lease() == before + 16_000
    live.clock.instant += timedelta(seconds=20)
    await live.post("here", {"positions": {}, "state": "leaving"}, professional)
    assert lease() == before + 16_000
