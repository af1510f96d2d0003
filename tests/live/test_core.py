"""The core's own work: publishing, revoking, keeping time, stopping; and the doorway into it."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

import pytest

from suoja.lib.codes import ConversationCode, DutyCode
from suoja.lib.errors import Unauthorised, Unavailable
from suoja.lib.grants import GrantSigner, HelperGrant, VisitorGrant
from suoja.live import doorway
from suoja.live.core import Core
from suoja.live.hub import Stream
from suoja.live.journal import Outcome
from suoja.live.limits import Limits
from suoja.live.memory import memory_journal
from suoja.live.operations import EndDuty, Operation
from suoja.live.streams import open_stream
from suoja.live.wire import AnyEvent, Heartbeat
from tests.live.asgi import SECRET, Json, Service, body_of, line_rule, service
from tests.live.cast import ADULTS, TALKING, VISITOR, committed, leaves, opens

DUTY = DutyCode("duty-of-professional")


@pytest.fixture
def shut_door() -> Iterator[None]:
    yield
    doorway.shut()


@pytest.mark.safety(23)
async def test_revoking_closes_the_stream_and_refuses_the_grant(live: Service) -> None:
    visitor, professional, _ = await live.talk()
    async with live.stream(professional) as ours, live.stream(visitor["grant"]) as theirs:
        await live.core.revoke(DUTY)
        assert (await ours.rest())[-1] == {"event": "bye", "code": "revoked", "may_return": False}
        assert (await theirs.next("requeued"))["why"] == "helper_lost"
        assert (await theirs.next("queue"))["place"] == 1
    for name, body in (("available", {"is_available": True}), ("events", {}), ("accept", {"line": "adults"})):
        answer = await live.post(name, body, professional)
        assert (answer.status, answer.error) == (401, "unauthorised")


async def test_a_revoked_duty_stays_revoked_after_a_restart(live: Service) -> None:
    _, professional, _ = await live.talk()
    await live.core.revoke(DUTY)
    live.core._revoked.clear()  # what a restart forgets
    assert (await live.post("on-duty", {"public_key": "B" * 87}, professional)).error == "unauthorised"
    assert (await live.post("events", {}, professional)).error == "unauthorised"


async def test_signing_off_ends_the_duty(live: Service) -> None:
    professional = await live.on_duty(live.helper_grant())
    async with live.stream(professional) as ours:
        assert (await live.post("off-duty", {}, professional)).status == 204
        assert (await ours.rest())[-1] == {"event": "bye", "code": "over", "may_return": False}
    assert (await live.post("here", {}, professional)).error == "unauthorised"
    assert (await live.post("open", body_of("open"))).error == "line_closed"


@pytest.mark.safety(10)
async def test_an_older_page_does_not_end_the_duty_of_a_newer_one_that_comes_at_the_same_time(live: Service) -> None:
    professional = await live.on_duty(live.helper_grant())
    newer, older = await asyncio.gather(
        live.post("on-duty", body_of("on-duty"), professional), live.post("off-duty", {}, professional)
    )
    assert (newer.json["epoch"], older.error) == (2, "superseded")
    assert (await live.post("available", {"is_available": True}, professional, epoch=2)).status == 200


@pytest.mark.usefixtures("shut_door")
@pytest.mark.safety(23)
async def test_the_doorway_revokes_from_another_thread(live: Service) -> None:
    _, professional, _ = await live.talk()
    doorway.open_for(live.core)
    async with live.stream(professional) as ours:
        told: list[bool] = []
        thread = threading.Thread(target=lambda: told.append(doorway.revoke(DUTY)))
        thread.start()
        assert (await ours.rest())[-1]["code"] == "revoked"
        thread.join()
    assert told == [True]


async def test_a_revoking_that_can_not_be_committed_is_told_to_the_log(
    live: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _, professional, _ = await live.talk()
    with monkeypatch.context() as broken:
        broken.setattr(live.core.journal, "apply", lambda *_: 1 // 0)
        async with live.stream(professional) as ours:
            await asyncio.to_thread(live.core.revoke_soon, DUTY)
            assert (await ours.rest())[-1]["code"] == "revoked"
        await until(lambda: "revoking_failed" in caplog.messages)
    assert (await live.post("available", {"is_available": True}, professional)).status == 401


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[Service], pytest.MonkeyPatch]:
    """Give a way to keep a service's disk from taking the end of a duty, until `undo`."""

    def refusing(live: Service) -> pytest.MonkeyPatch:
        apply = live.core.journal.apply

        def refuse(operations: Sequence[Operation[Any]], now: datetime) -> list[Outcome]:
            if any(isinstance(operation, EndDuty) for operation in operations):
                raise OSError
            return apply(operations, now)

        monkeypatch.setattr(live.core.journal, "apply", refuse)
        return monkeypatch

    return refusing


Disk = Callable[[Service], pytest.MonkeyPatch]


@pytest.mark.safety(23)
async def test_a_sign_out_that_the_disk_did_not_take_is_done_with_the_next_sweep(disk: Disk) -> None:
    async with service(Limits(sweep_every=0.02)) as live:
        visitor, _, _ = await live.talk()
        broken = disk(live)
        with pytest.raises(Unavailable):
            await live.core.revoke(DUTY)
        async with live.stream(visitor["grant"]) as theirs:
            assert (await theirs.next("hello"))["conversations"][0]["state"] == "active"
            broken.undo()
            assert (await theirs.next("requeued"))["why"] == "helper_lost"
        assert live.core.unended == frozenset()


@pytest.mark.safety(23)
async def test_no_stream_opens_for_who_has_signed_out_meanwhile(live: Service, disk: Disk) -> None:
    _, professional, _ = await live.talk()
    grant = live.core.read_grant(professional)
    assert isinstance(grant, HelperGrant)
    disk(live)
    with pytest.raises(Unavailable):
        await live.core.revoke(DUTY)
    with pytest.raises(Unauthorised):
        await open_stream(live.core, grant, 1)
    assert len(live.core.hub) == 0


async def test_who_has_signed_out_keeps_no_line_open(live: Service, disk: Disk) -> None:
    await live.on_duty(live.helper_grant())
    disk(live)
    with pytest.raises(Unavailable):
        await live.core.revoke(DUTY)
    assert (await live.post("open", body_of("open"))).error == "line_closed"


async def until(has_come: Callable[[], bool]) -> None:
    """Wait for what another thread brings about."""
    async with asyncio.timeout(5):
        while not has_come():  # noqa: ASYNC110  # What another thread logs sets no event here.
            await asyncio.sleep(0.01)


def test_the_doorway_says_when_no_core_runs_here() -> None:
    assert doorway.revoke(DUTY) is False


async def test_time_alone_finishes_an_ending() -> None:
    async with service(Limits(sweep_every=0.02, ending_lasts=0.0)) as live:
        visitor, _, _ = await live.talk()
        async with live.stream(visitor["grant"]) as theirs:
            await live.post("end", {"conversation": visitor["conversation"]}, visitor["grant"])
            live.clock.instant = live.clock.instant.replace(minute=1)
            assert (await theirs.next("ended"))["how"] == "visitor_ended"


async def test_heartbeats_come_and_carry_the_newest_number() -> None:
    async with service(Limits(heartbeat_active=0.04)) as live:
        visitor, _, _ = await live.talk()
        async with live.stream(visitor["grant"]) as theirs:
            assert (await theirs.next("hello"))["heartbeat_seconds"] == 0.04
            beat = await theirs.next("heartbeat")
            assert beat == {"event": "heartbeat", "newest": {visitor["conversation"]: 2}, "seconds": 0.04}


async def test_a_stream_lives_as_long_as_its_grant_is_renewed() -> None:
    async with service(Limits(heartbeat_active=0.04)) as live:
        professional = await live.on_duty(live.helper_grant())
        async with live.stream(professional) as ours:
            await ours.next("hello")
            live.clock.instant = live.clock.instant.replace(minute=4)
            renewed = live.helper_grant()
            assert (await live.post("here", {"positions": {}}, renewed)).status == 204
            live.clock.instant = live.clock.instant.replace(minute=6)
            await asyncio.sleep(0.05)
            await ours.next("waiting")
            live.clock.instant = live.clock.instant.replace(minute=10)
            assert (await ours.next("bye")) == {"event": "bye", "code": "revoked", "may_return": True}


async def test_a_job_that_fails_once_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    async with service(Limits(heartbeat_active=0.04)) as live:
        visitor, professional, _ = await live.talk()
        tell, failures = Stream.tell, iter([RuntimeError])

        def fail_once(stream: Stream, event: AnyEvent) -> None:
            if isinstance(event, Heartbeat) and (error := next(failures, None)):
                raise error
            tell(stream, event)

        monkeypatch.setattr(Stream, "tell", fail_once)
        async with live.stream(visitor["grant"]) as theirs, live.stream(professional) as ours:
            await theirs.next("heartbeat")
            await ours.next("heartbeat")
        assert next(failures, "none left") == "none left"


@pytest.mark.safety(37)
async def test_what_lives_is_known_before_the_first_request() -> None:
    journal = memory_journal(line_rule)
    committed(journal, *TALKING, opens("waits"), leaves())
    async with service(journal=lambda _: journal) as live:
        waits = live.core.signer.sign(VisitorGrant(ConversationCode("waits"), VISITOR.participant, 4_000_000_000))
        async with live.stream(waits) as theirs, live.stream(live.helper_grant()) as ours:
            assert (await theirs.next("queue"))["place"] == 1
            assert (await ours.next("hello"))["conversations"][0]["state"] == "ended"


@pytest.mark.safety(37)
async def test_who_does_not_come_back_after_a_restart_is_away() -> None:
    journal = memory_journal(line_rule)
    committed(journal, *TALKING, opens("waits"))
    async with service(Limits(gone_after=0.05), journal=lambda _: journal) as live:
        waits = ConversationCode("waits")
        assert not live.core.attendance.visitors.is_lost(waits)
        await until(lambda: live.core.attendance.visitors.is_lost(waits))
        assert live.core.attendance.away_from(ADULTS) == {waits}


async def test_a_disk_that_hangs_does_not_keep_the_core_from_stopping(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    hangs = threading.Event()
    async with service(Limits(stop_within=0.1)) as live:
        visitor, _, _ = await live.talk()
        monkeypatch.setattr(live.core.journal, "apply", lambda *_: hangs.wait(5))
        saying = asyncio.create_task(live.post("say", body_of("say", visitor["conversation"]), visitor["grant"]))
        await asyncio.sleep(0.05)
        await asyncio.wait_for(live.core.stop(), 2)
        assert not saying.done()
        saying.cancel()
        hangs.set()
    assert "stopped_without_the_disk" in caplog.messages


async def test_a_stopping_server_sends_the_streams_away_first(live: Service) -> None:
    visitor, _, _ = await live.talk()
    async with live.stream(visitor["grant"]) as theirs:
        await theirs.next("hello")
        live.core.say_goodbye()
        assert (await theirs.rest())[-1] == {"event": "bye", "code": "restart", "may_return": True}


def test_saying_goodbye_before_the_start_is_harmless() -> None:
    Core(memory_journal(line_rule), GrantSigner(SECRET)).say_goodbye()


async def test_a_reading_that_breaks_is_unavailable(live: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor, _, _ = await live.talk()
    monkeypatch.setattr(live.core.journal, "seat", lambda *_: 1 // 0)
    answer = await live.post("read", body_of("read", visitor["conversation"]), visitor["grant"])
    assert (answer.status, answer.error) == (503, "unavailable")


async def test_a_line_that_moves_is_told_once_for_many_changes() -> None:
    async with service(Limits(queue_notice_every=0.05)) as live:
        professional = await live.on_duty(live.helper_grant())
        async with live.stream(professional) as ours:
            for _ in range(10):
                await live.visitor()
            notices: list[dict[str, Json]] = []
            while not notices or len(notices[-1]["visitors"]) < 10:
                notices.append(await ours.next("waiting"))
        adults = [notice for notice in notices if notice["line"] == "adults"]
        assert len(adults) < 10


async def test_a_place_that_has_not_changed_is_not_told_again() -> None:
    async with service(Limits(queue_notice_every=0.02)) as live:
        await live.on_duty(live.helper_grant())
        first = await live.visitor()
        async with live.stream(first["grant"]) as theirs:
            assert (await theirs.next("queue"))["place"] == 1
            for _ in range(5):
                await live.visitor()
            await asyncio.sleep(0.1)
            await live.post("end", {"conversation": first["conversation"]}, first["grant"])
            assert [event["event"] for event in await theirs.rest()] == ["ended", "bye"]
