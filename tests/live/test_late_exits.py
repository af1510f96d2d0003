"""A quick exit that met a server which could not commit: it can't be sent twice, so the server tries again."""

import asyncio
from collections.abc import Callable, Iterator

import pytest

from suoja.lib.errors import ConversationGone, Unavailable
from suoja.live.late_exits import LateExits
from suoja.live.limits import Limits
from suoja.live.operations import Exit
from tests.live.asgi import Service, body_of, service
from tests.live.cast import leaves

SOON = Limits(late_exit_every=0.01, late_exit_within=0.2, late_exits=2)


async def until(has_come: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not has_come():  # noqa: ASYNC110  # The writer's thread has no event for the loop.
            await asyncio.sleep(0.01)


class Journal:
    """Refuses what it is given as often as a test says, and remembers what it was given."""

    def __init__(self, *refusals: Exception) -> None:
        self.refusals: Iterator[Exception] = iter(refusals)
        self.asked: list[Exit] = []

    async def commit(self, wish: Exit) -> None:
        self.asked.append(wish)
        if refusal := next(self.refusals, None):
            raise refusal


@pytest.mark.safety(2)
async def test_an_exit_that_could_not_be_committed_is_committed_a_little_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with service(SOON) as live:
        visitor, professional, _ = await live.talk()
        async with live.stream(professional) as ours:
            with monkeypatch.context() as broken:
                broken.setattr(live.core.journal, "apply", lambda *_: 1 // 0)
                assert (await live.post("exit", visitor["exit_grant"].encode())).status == 204
                assert await is_alive(live, visitor)
            assert (await ours.next("ended"))["how"] == "left_quickly"
        assert not await is_alive(live, visitor)


async def is_alive(live: Service, visitor: dict[str, str]) -> bool:
    return (await live.post("read", body_of("read", visitor["conversation"]), visitor["grant"])).status == 200


@pytest.mark.safety(2)
async def test_it_is_tried_until_it_succeeds() -> None:
    journal = Journal(Unavailable(), Unavailable())
    exits = LateExits(journal.commit, SOON)
    exits.add(leaves())
    exits.add(leaves())
    await until(lambda: not exits._tasks)
    assert journal.asked == [leaves()] * 3


async def test_what_is_gone_already_is_not_asked_for_again() -> None:
    journal = Journal(ConversationGone())
    exits = LateExits(journal.commit, SOON)
    exits.add(leaves())
    await until(lambda: not exits._tasks)
    assert len(journal.asked) == 1


async def test_it_is_given_up_after_a_while(caplog: pytest.LogCaptureFixture) -> None:
    journal = Journal(*[Unavailable()] * 1_000)
    exits = LateExits(journal.commit, SOON)
    exits.add(leaves())
    await until(lambda: not exits._tasks)
    assert 2 <= len(journal.asked) <= 21
    assert caplog.messages == ["exit_given_up"]


async def test_there_is_room_for_so_many(caplog: pytest.LogCaptureFixture) -> None:
    exits = LateExits(Journal().commit, SOON)
    for code in ("a", "b", "c"):
        exits.add(leaves(code))
    assert len(exits._tasks) == 2
    assert caplog.messages == ["exit_given_up"]
    await exits.stop()


async def test_a_stopping_server_tries_a_last_time(caplog: pytest.LogCaptureFixture) -> None:
    journal = Journal(Unavailable())
    exits = LateExits(journal.commit, Limits())
    exits.add(leaves("a"))
    exits.add(leaves("b"))
    await exits.stop()
    assert journal.asked == [leaves("a"), leaves("b")]
    assert not exits._tasks
    assert caplog.messages == ["exit_given_up"]
