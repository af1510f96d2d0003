"""The door: what each wrong request gets. Nothing is written, no stream is disturbed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from suoja.lib.codes import ConversationCode, ParticipantCode
from suoja.lib.grants import ExitGrant, GrantSigner, VisitorGrant
from suoja.live import commands
from suoja.live.limits import Limits
from suoja.live.wire import COMMANDS, MAX_REQUEST_BYTES
from tests.live.asgi import HOST, Answer, Json, OpenStream, Service, body_of, service


def log_of(live: Service, code: str) -> list[bytes]:
    return list(live.core.journal.read(ConversationCode(code), 0, 1_000).bodies)


# --- refusals -------------------------------------------------------------------------------------------------------


@pytest.mark.safety(38)
@pytest.mark.parametrize("name", sorted(COMMANDS))
async def test_a_foreign_origin_is_refused_on_every_command(live: Service, name: str) -> None:
    visitor, professional, _ = await live.talk()
    before = log_of(live, visitor["conversation"])
    for grant in (visitor["grant"], professional):
        for origin in ("https://foreign.test", "null", "https://organisation.test", f"https://{HOST}:8443"):
            body = body_of(name, visitor["conversation"])
            answer = await live.post(name, body, grant, headers={"origin": origin})
            assert (answer.status, answer.error) == (403, "foreign_origin")
    assert log_of(live, visitor["conversation"]) == before


async def test_a_request_for_another_host_is_refused(live: Service) -> None:
    answer = await live.post("open", body_of("open"), headers={"host": "rebound.test"})
    assert answer.error == "foreign_origin"


@pytest.mark.safety(38)
@pytest.mark.parametrize("name", sorted(COMMANDS))
async def test_each_grant_opens_its_own_commands_alone(live: Service, name: str) -> None:
    visitor, professional, _ = await live.talk()
    code = visitor["conversation"]
    before = log_of(live, code)
    for grant, kinds in (
        (visitor["exit_grant"], set()),
        (visitor["grant"], {"on-duty", "available", "accept", "park", "close", "off-duty"}),
        (professional, {"resume", "key"}),
    ):
        if name != "open" and (name in kinds or not kinds):
            answer = await live.post(name, body_of(name, code), grant)
            assert (answer.status, answer.error) == (403, "not_yours")
    if name != "open":
        assert (await live.post(name, body_of(name, code))).error == "unauthorised"
    assert log_of(live, code) == before


@pytest.mark.safety(38)
@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"open"}))
async def test_forged_expired_and_foreign_grants_are_refused_on_every_command(live: Service, name: str) -> None:
    visitor, _, _ = await live.talk()
    talk, participant = ConversationCode(visitor["conversation"]), ParticipantCode(visitor["participant"])
    now = int(live.clock().timestamp())
    forged = GrantSigner("another secret").sign(VisitorGrant(talk, participant, now + 100))
    expired = live.core.signer.sign(VisitorGrant(talk, participant, now))
    payload, _, signature = visitor["grant"].partition(".")
    for grant in (forged, expired, payload, f"{payload}.", f"{payload[:-2]}AA.{signature}", "no-grant"):
        answer = await live.post(name, body_of(name, talk), grant)
        assert (answer.status, answer.error) == (401, "unauthorised")


@pytest.mark.mission("M12")
async def test_another_visitors_grant_does_not_reach_a_conversation(live: Service) -> None:
    visitor, _, _ = await live.talk()
    other = await live.visitor()
    for name in ("read", "say", "key", "typing", "end"):
        answer = await live.post(name, body_of(name, visitor["conversation"]), other["grant"])
        assert (answer.status, answer.error) == (403, "not_yours")


@pytest.mark.mission("M12")
async def test_another_helpers_grant_does_not_reach_a_conversation(live: Service) -> None:
    visitor, _, _ = await live.talk()
    peer = await live.on_duty(live.peer_grant())
    for name in ("read", "say", "typing", "end", "park", "close"):
        answer = await live.post(name, body_of(name, visitor["conversation"]), peer)
        assert (answer.status, answer.error) == (403, "not_yours")


@pytest.mark.parametrize("name", sorted(COMMANDS))
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"surprise": 1}', b"\xff", b'"text"'])
async def test_a_malformed_body_is_refused(live: Service, name: str, body: bytes) -> None:
    visitor, professional, _ = await live.talk()
    before = log_of(live, visitor["conversation"])
    may_visitor = name not in {"on-duty", "available", "accept", "park", "close", "off-duty"}
    answer = await live.post(name, body, visitor["grant"] if may_visitor else professional)
    assert (answer.status, answer.error) == (400, "malformed")
    assert log_of(live, visitor["conversation"]) == before


@pytest.mark.parametrize(
    "change",
    [
        {"messages": []},
        {"messages": [{"id": "m", "sealed": "a"}] * 9},
        {"messages": [{"id": "", "sealed": "a"}]},
        {"messages": [{"id": "a b", "sealed": "a"}]},
        {"messages": [{"id": "m", "sealed": "plain text!"}]},
        {"messages": [{"id": "m", "sealed": "a" * 6001}]},
        {"messages": [{"id": "key:someone", "sealed": "a"}]},
        {"conversation": "x" * 65},
    ],
)
async def test_fields_out_of_bounds_are_malformed(live: Service, change: dict[str, Any]) -> None:
    visitor, _, _ = await live.talk()
    answer = await live.post("say", body_of("say", visitor["conversation"]) | change, visitor["grant"])
    assert (answer.status, answer.error) == (400, "malformed")


@pytest.mark.safety(38)
@pytest.mark.parametrize("number", [2**53, 2**64, 2**70, -1])
async def test_a_number_that_no_store_holds_is_malformed(live: Service, number: int) -> None:
    visitor, professional, _ = await live.talk()
    code = visitor["conversation"]
    await live.post("end", {"conversation": code}, visitor["grant"])
    for grant in (visitor["grant"], professional):
        for name, body in (
            ("here", {"positions": {code: number}}),
            ("read", {"conversation": code, "after": number}),
        ):
            answer = await live.post(name, body, grant)
            assert (answer.status, answer.error) == (400, "malformed")


@pytest.mark.safety(38)
async def test_more_than_eight_kilobytes_are_refused_unread(live: Service) -> None:
    visitor, _, _ = await live.talk()
    answer = await live.post("say", b"x" * (MAX_REQUEST_BYTES + 1), visitor["grant"])
    assert (answer.status, answer.error) == (413, "too_large")
    assert answer.headers["connection"] == "close"


@pytest.mark.safety(38)
async def test_a_body_that_hides_its_length_is_not_read_to_its_end(live: Service) -> None:
    visitor, _, _ = await live.talk()
    reads: list[bytes] = []

    class Parts(list[bytes]):
        def __iter__(self) -> Iterator[bytes]:
            for part in [b"x" * 4096] * 100:
                reads.append(part)
                yield part

        def __len__(self) -> int:
            return 100

    answer = await live.post("say", {}, visitor["grant"], parts=Parts(), headers={"content-length": None})
    assert (answer.status, answer.error) == (413, "too_large")
    assert len(reads) == 3


async def test_a_body_that_breaks_off_is_malformed(live: Service) -> None:
    visitor, _, _ = await live.talk()
    parts = [json.dumps(body_of("end", visitor["conversation"])).encode()]

    class BreaksOff(list[bytes]):
        def __len__(self) -> int:
            return 2

    answer = await live.post("end", {}, visitor["grant"], parts=BreaksOff(parts))
    assert (answer.status, answer.error) == (400, "malformed")
    assert len(log_of(live, visitor["conversation"])) == 2


@pytest.mark.parametrize("method", ["GET", "PUT", "OPTIONS", "HEAD", "DELETE"])
async def test_another_method_is_refused(live: Service, method: str) -> None:
    for name in ("say", "events", "exit"):
        assert (await live.post(name, {}, method=method)).error == "wrong_method"


@pytest.mark.parametrize("path", ["/live/", "/live/nothing", "/live/say/", "/live/on_duty", "/live/say/more"])
async def test_an_unknown_command_is_refused(live: Service, path: str) -> None:
    answer = await live.post("say", {}, path=path)
    assert (answer.status, answer.error) == (404, "unknown_command")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", None])
async def test_another_content_type_is_refused(live: Service, kind: str | None) -> None:
    """A form of another site can send only these: none of them reaches a command."""
    visitor, _, _ = await live.talk()
    headers = {"content-type": kind}
    answer = await live.post("end", {"conversation": visitor["conversation"]}, visitor["grant"], headers=headers)
    assert (answer.status, answer.error) == (400, "malformed")


async def test_a_charset_beside_the_content_type_is_fine(live: Service) -> None:
    visitor, _, _ = await live.talk()
    headers = {"content-type": "application/json; charset=utf-8"}
    assert (await live.post("resume", {}, visitor["grant"], headers=headers)).status == 200


async def test_a_version_that_is_not_served_is_told_so(live: Service) -> None:
    answer = await live.post("open", body_of("open") | {"protocol": 99})
    assert (answer.status, answer.error) == (400, "unsupported_protocol")


async def test_a_closed_line_says_why(live: Service) -> None:
    assert (await live.post("open", body_of("open"))).json == {"error": "line_closed", "reason": "nobody_on_duty"}
    await live.on_duty(live.helper_grant())
    unknown = await live.post("open", body_of("open") | {"line": "nowhere"})
    assert (unknown.status, unknown.json) == (404, {"error": "unknown_line"})


async def test_a_stale_grant_keeps_nobody_from_opening(live: Service) -> None:
    await live.on_duty(live.helper_grant())
    assert (await live.post("open", body_of("open"), "a-stale-grant")).status == 200


async def test_nothing_is_said_out_of_state(live: Service) -> None:
    await live.on_duty(live.helper_grant())
    visitor = await live.visitor()
    answer = await live.post("say", body_of("say", visitor["conversation"]), visitor["grant"])
    assert (answer.status, answer.error) == (409, "out_of_state")
    assert len(log_of(live, visitor["conversation"])) == 1


@pytest.mark.safety(8)
async def test_a_restored_tab_of_an_ended_talk_gets_410_on_everything(live: Service) -> None:
    visitor, _, _ = await live.talk()
    await live.post("exit", visitor["exit_grant"].encode())
    for name in ("resume", "events", "read", "say", "key", "typing", "end"):
        answer = await live.post(name, body_of(name, visitor["conversation"]), visitor["grant"])
        assert (answer.status, answer.error) == (410, "gone"), name
    here = await live.post("here", {"positions": {visitor["conversation"]: 3}}, visitor["grant"])
    assert (here.status, here.error) == (410, "gone")


@pytest.mark.safety(8)
async def test_a_signed_grant_of_a_conversation_that_is_unknown_gets_410(live: Service) -> None:
    expires = int(live.clock().timestamp()) + 100
    grant = live.core.signer.sign(VisitorGrant(ConversationCode("never"), ParticipantCode("was"), expires))
    for name in ("resume", "events", "read", "say"):
        assert (await live.post(name, body_of(name, "never"), grant)).status == 410


@pytest.mark.safety(38)
async def test_a_flood_is_slowed_and_slows_nobody_else() -> None:
    async with service(Limits(credits_burst=3, credits_per_second=0.001)) as live:
        visitor, professional, _ = await live.talk()
        said = body_of("say", visitor["conversation"])
        answers = [await live.post("say", said, visitor["grant"]) for _ in range(5)]
        assert [answer.status for answer in answers] == [200, 200, 200, 429, 429]
        assert answers[-1].error == "too_fast"
        exited = await live.post("exit", visitor["exit_grant"].encode())
        assert exited.status == 204
        ended = await live.post("say", said, professional)
        assert ended.error in {"gone", "too_fast"}
        assert (await live.post("resume", {}, visitor["grant"])).error == "too_fast"


async def test_opening_is_bounded_for_everybody_together() -> None:
    async with service(Limits(entries_burst=2, entries_per_second=0.001)) as live:
        await live.on_duty(live.helper_grant())
        statuses = [(await live.post("open", body_of("open"))).status for _ in range(3)]
        assert statuses == [200, 200, 429]


async def test_an_error_of_ours_tells_nothing_and_stops_nobody(live: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor, professional, _ = await live.talk()

    async def broken(*_: object) -> None:
        raise RuntimeError(visitor["grant"])

    async with live.stream(professional) as ours:
        monkeypatch.setitem(commands.HANDLERS, "resume", broken)
        answer = await live.post("resume", {}, visitor["grant"])
        assert (answer.status, answer.json) == (500, {"error": "error"})
        await live.post("say", body_of("say", visitor["conversation"]), visitor["grant"])
        assert (await ours.next("said"))["number"] == 3


# --- answers and streams --------------------------------------------------------------------------------------------


@pytest.mark.safety(34)
async def test_every_answer_carries_the_protecting_headers(live: Service) -> None:
    visitor, _, _ = await live.talk()
    async with live.stream(visitor["grant"]) as theirs:
        assert theirs.headers["content-type"] == "text/event-stream"
        assert theirs.headers["x-accel-buffering"] == "no"
        answers: list[Answer | OpenStream] = [theirs]
        answers += [await live.post("resume", {}, visitor["grant"]), await live.post("nothing")]
        for answer in answers:
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
            assert answer.headers["cross-origin-resource-policy"] == "same-origin"
            assert "access-control-allow-origin" not in answer.headers
            assert "set-cookie" not in answer.headers
        # A host's page may send the exit, and reads nothing of it; in all else its answer is like the others.
        exit_answer = await live.post("exit", b"")
        differing = {name for name, value in answers[-1].headers.items() if exit_answer.headers.get(name) != value}
        assert differing == {"cross-origin-resource-policy", "content-type", "content-length"}
        assert exit_answer.headers["cross-origin-resource-policy"] == "cross-origin"


async def test_refusals_of_every_kind_leave_the_stream_unharmed(live: Service) -> None:
    visitor, professional, _ = await live.talk()
    code, grant = visitor["conversation"], visitor["grant"]
    async with live.stream(grant) as theirs:
        await theirs.next("hello")
        await live.post("say", b"{", grant)
        await live.post("say", b"x" * 9000, grant)
        await live.post("say", body_of("say", "another"), grant)
        await live.post("nothing", {}, grant)
        await live.post("end", {"conversation": code}, grant, headers={"origin": "https://foreign.test"})
        await live.post("accept", {"line": "adults"}, grant)
        await live.post("say", body_of("say", code), professional)
        assert [(await theirs.next())["event"] for _ in range(2)] == ["presence", "said"]


async def test_a_stream_needs_a_running_duty(live: Service) -> None:
    answer = await live.post("events", {}, live.helper_grant())
    assert (answer.status, answer.error) == (409, "not_on_duty")


async def test_a_closed_connection_is_forgotten(live: Service) -> None:
    visitor, _, _ = await live.talk()
    async with live.stream(visitor["grant"]) as theirs:
        await theirs.next("hello")
        assert len(live.core.hub) == 1
    assert len(live.core.hub) == 0


async def test_the_lifespan_starts_and_stops_the_core() -> None:
    async with service() as live:
        sent: list[str] = []

        async def send(message: Json) -> None:
            sent.append(message["type"])

        steps = iter([{"type": "lifespan.shutdown"}])

        async def receive() -> Json:
            return next(steps)

        await live.endpoint.lifespan(receive, send)
        assert sent == ["lifespan.shutdown.complete"]
        answer = await live.post("open", body_of("open"))
        assert (answer.status, answer.error) == (503, "unavailable")


async def test_an_exit_grant_can_not_be_made_from_a_visitors(live: Service) -> None:
    visitor, _, _ = await live.talk()
    exit_grant = live.core.read_grant(visitor["exit_grant"])
    assert isinstance(exit_grant, ExitGrant)
    assert exit_grant.conversation == visitor["conversation"]
