"""What the core's sweeps do: lose consoles by what was heard of them, and learn what another process has ended."""

from datetime import timedelta
from typing import Any

import pytest

from suoja.lib.codes import ConversationCode, ParticipantCode
from suoja.live.lifecycle import State
from suoja.live.limits import Limits
from suoja.live.operations import EndDuty, Exit, Operation, Sweep
from tests.live.asgi import Json, service
from tests.live.cast import TALKING, standing_row
from tests.live.stage import Stage, events_in, kinds_in
from tests.live.test_core import DUTY, until


async def swept(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Sweep as the core does; tell whether the professional's talk waits again."""

    async def commit(operation: Operation[Any]) -> Json:
        [answer] = stage.commit(operation)
        return answer

    monkeypatch.setattr(stage.core, "commit", commit)
    await stage.core._sweep()
    return standing_row(stage.journal).state is State.WAITING


@pytest.mark.safety(30)
async def test_a_console_that_is_silent_for_three_minutes_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage()
    stage.commit(*TALKING)
    theirs, ours = await stage.visitor(), await stage.helper()
    stage.leave(ours)
    await stage.passes(184.5, theirs)
    assert not await swept(stage, monkeypatch)
    await stage.passes(1, theirs)
    assert await swept(stage, monkeypatch)
    assert next(event for event in events_in(theirs) if event["event"] == "requeued")["why"] == "helper_lost"


@pytest.mark.safety(30)
@pytest.mark.parametrize("jump", [timedelta(minutes=4), timedelta(hours=23), timedelta(hours=-2)])
async def test_no_talk_loses_its_helper_by_a_clock_that_is_set(
    jump: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage()
    stage.commit(*TALKING)
    theirs, ours = await stage.visitor(), await stage.helper()
    await stage.passes(200, theirs, ours)
    stage.clock.instant += jump
    assert not await swept(stage, monkeypatch)
    await stage.passes(20, theirs, ours)
    assert not await swept(stage, monkeypatch)
    assert "bye" not in kinds_in(ours)


@pytest.mark.safety(30)
async def test_no_talk_loses_its_helper_when_the_process_stood_still(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage()
    stage.commit(*TALKING)
    theirs, ours = await stage.visitor(), await stage.helper()
    await stage.passes(200, theirs, ours)
    await stage.passes(16.5, theirs)
    stage.time += 300
    stage.clock.instant += timedelta(seconds=300)
    await stage.core.tick()
    assert stage.core.attendance.helpers.is_lost(DUTY)
    assert not await swept(stage, monkeypatch)
    stage.answer(ours)
    await stage.passes(200, theirs, ours)
    assert not await swept(stage, monkeypatch)


async def test_a_console_is_never_lost_before_it_could_have_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(Limits(gone_after=0.5))
    stage.commit(*TALKING)
    stage.core._listens_since = stage.core._ticked_at = stage.time
    stage.clock.instant += timedelta(hours=1)
    for _ in range(179):
        await stage.passes(1)
    assert not await swept(stage, monkeypatch)
    await stage.passes(2)
    assert await swept(stage, monkeypatch)


@pytest.mark.safety(30)
async def test_a_lost_console_puts_its_visitor_first_in_the_queue() -> None:
    async with service(Limits(gone_after=0.1, helper_lost_after=0.2, sweep_every=0.05)) as live:
        visitor, _, _ = await live.talk()
        waits = await live.visitor()
        async with live.stream(visitor["grant"]) as theirs, live.stream(waits["grant"]) as others:
            assert (await others.next("queue"))["place"] == 1
            live.clock.instant += timedelta(seconds=61)
            assert (await theirs.next("requeued"))["why"] == "helper_lost"
            assert (await theirs.next("queue"))["place"] == 1
            assert (await others.next("queue"))["place"] == 2


async def test_what_was_swept_away_by_another_process_is_let_go_of() -> None:
    async with service(Limits(gone_after=0.02, absence_limit=0.1)) as live:
        visitor, _, _ = await live.talk()
        code = ConversationCode(visitor["conversation"])
        live.core.journal.apply([Exit(code, ParticipantCode(visitor["participant"]))], live.clock())
        live.core.journal.apply([EndDuty(DUTY)], live.clock())
        assert live.core.living.conversation(code) is not None
        await until(lambda: live.core.living.conversation(code) is None)
        assert live.core.attendance.visitors[code] is None


@pytest.mark.mission("M12")
@pytest.mark.parametrize("is_on_duty", [True, False], ids=["a helper may close it", "nobody holds it"])
async def test_an_ending_that_another_process_has_finished_has_ended_here(*, is_on_duty: bool) -> None:
    async with service(Limits(sweep_every=0.02)) as live:
        visitor, professional, _ = await live.talk()
        async with live.stream(visitor["grant"]) as theirs, live.stream(professional) as ours:
            await live.post("end", {"conversation": visitor["conversation"]}, visitor["grant"])
            live.clock.instant += timedelta(minutes=3)
            live.core.journal.apply([*([] if is_on_duty else [EndDuty(DUTY)]), Sweep()], live.clock())
            assert (await theirs.next("ended"))["how"] == "visitor_ended"
            assert (await theirs.rest())[-1] == {"event": "bye", "code": "over", "may_return": False}
            assert (await ours.next("ended"))["how"] == "visitor_ended"
        known = live.core.living.conversation(ConversationCode(visitor["conversation"]))
        assert (known is not None and known.state is State.ENDED) == is_on_duty


async def test_who_is_told_that_it_is_gone_hears_no_more_of_it() -> None:
    async with service(Limits(sweep_every=60)) as live:
        visitor, _, _ = await live.talk()
        code = visitor["conversation"]
        async with live.stream(visitor["grant"]) as theirs:
            await live.post("end", {"conversation": code}, visitor["grant"])
            live.core.journal.apply([Sweep()], live.clock() + timedelta(minutes=3))
            answer = await live.post("here", {"positions": {code: 1}}, visitor["grant"])
            assert (answer.status, answer.error) == (410, "gone")
            assert [event["event"] for event in await theirs.rest()][-2:] == ["ended", "bye"]


async def test_a_duty_whose_row_another_process_has_removed_is_let_go_of() -> None:
    async with service(Limits(sweep_every=0.02)) as live:
        await live.on_duty(live.helper_grant())
        await live.core.revoke(DUTY)
        later = live.clock() + timedelta(minutes=11)
        live.core.journal.apply([Sweep()], later)
        assert live.core.living.duty(DUTY) is not None
        live.clock.instant = later
        await until(lambda: live.core.living.duty(DUTY) is None)
