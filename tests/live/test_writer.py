"""The group commit: nothing is acknowledged before the commit, and nothing of a failed one."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from suoja.lib.errors import NotYours, SuojaError, Unavailable
from suoja.live.journal import Journal, Outcome
from suoja.live.limits import Limits
from suoja.live.memory import MemoryStorage
from suoja.live.operations import Operation
from suoja.live.records import Change
from suoja.live.writer import GroupCommit
from tests.live.asgi import line_rule
from tests.live.cast import NOW, STRANGER, TALK, TALKING, VISITOR, committed, events_of, says

POISON = "poison"


class SlowStorage(MemoryStorage):
    """A disk that a test holds back, or breaks."""

    def __init__(self) -> None:
        super().__init__()
        self.may_commit = threading.Event()
        self.may_commit.set()
        self.is_broken = False
        self.batches: list[int] = []

    def write(self, change: Change) -> None:
        # As a number does that no column holds: found only when it is written, in the middle of a batch.
        if POISON in {entry.message for entry in change.appended}:
            raise OverflowError
        super().write(change)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with super().transaction():
            yield
            self.may_commit.wait(5)
            if self.is_broken:
                raise OSError


class CountingJournal(Journal):
    """A journal that remembers how its operations were batched."""

    def apply(self, operations: Sequence[Operation[Any]], now: datetime) -> list[Outcome]:
        self.batches = [*getattr(self, "batches", []), len(operations)]
        return super().apply(operations, now)


class Desk:
    """A writer over a slow storage in which a talk is running, and what it published."""

    def __init__(self, **limits: float) -> None:
        self.storage = SlowStorage()
        self.journal = CountingJournal(self.storage, line_rule)
        committed(self.journal, *TALKING)
        self.published: list[Outcome] = []
        bounds = replace(Limits(max_pending=50), **limits)
        self.writer = GroupCommit(self.journal, lambda: NOW, self.published.extend, bounds)

    def say(self, message: str) -> "asyncio.Task[tuple[int, ...]]":
        return asyncio.ensure_future(self.writer.commit(says(VISITOR, (message, "sealed"))))


@asynccontextmanager
async def desk(**limits: float) -> AsyncIterator[Desk]:
    running = Desk(**limits)
    running.writer.start()
    try:
        yield running
    finally:
        running.storage.may_commit.set()
        await running.writer.stop()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110  # The writer's thread has no event for the loop.
            await asyncio.sleep(0.005)


@pytest.mark.safety(35)
async def test_no_acknowledgement_and_no_push_comes_before_the_commit() -> None:
    async with desk() as at:
        at.storage.may_commit.clear()
        said = at.say("one")
        await asyncio.sleep(0.1)
        assert not said.done()
        assert at.published == []
        at.storage.may_commit.set()
        assert await said == (4,)
        assert len(at.published) == 1


@pytest.mark.safety(35)
async def test_publishing_comes_before_answering() -> None:
    async with desk() as at:
        said = at.say("one")
        said.add_done_callback(lambda _: order.append("answered"))
        order: list[str] = []
        at.writer._publish = lambda _: order.append("published")
        await said
        await until(lambda: len(order) == 2)
        assert order == ["published", "answered"]


@pytest.mark.safety(35)
async def test_a_failed_commit_acknowledges_nothing_and_publishes_nothing() -> None:
    async with desk() as at:
        at.storage.is_broken = True
        results = await asyncio.gather(*(at.say(f"m{index}") for index in range(5)), return_exceptions=True)
        assert {type(result) for result in results} == {Unavailable}
        assert at.published == []
        assert "said" not in events_of(at.journal)
        at.storage.is_broken = False
        assert await at.say("m0") == (4,)


async def test_what_is_pending_shares_a_commit() -> None:
    async with desk() as at:
        at.storage.may_commit.clear()
        first = at.say("first")
        await until(lambda: not at.writer._pending and len(at.journal.batches) == 2)
        others = [at.say(f"m{index}") for index in range(10)]
        await until(lambda: len(at.writer._pending) == 10)
        at.storage.may_commit.set()
        assert [await said for said in (first, *others)] == [(number,) for number in range(4, 15)]
        assert at.journal.batches[1:] == [1, 10]


async def test_one_bad_operation_does_not_abort_the_others() -> None:
    async with desk() as at:
        bad = asyncio.ensure_future(at.writer.commit(says(STRANGER)))
        good = at.say("one")
        with pytest.raises(NotYours):
            await bad
        assert await good == (4,)


async def together(at: Desk, messages: list[str]) -> list["asyncio.Task[tuple[int, ...]]"]:
    """Let messages wait for the disk until they share a batch, which then fails as a whole."""
    at.storage.may_commit.clear()
    first = at.say("first")
    await until(lambda: not at.writer._pending and len(at.journal.batches) == 2)
    said = [at.say(message) for message in messages]
    await until(lambda: len(at.writer._pending) == len(messages))
    at.storage.may_commit.set()
    await first
    return said


@pytest.mark.safety(35)
async def test_one_operation_that_can_not_be_written_does_not_abort_the_others() -> None:
    async with desk() as at:
        said = await together(at, ["one", POISON, "two"])
        results = await asyncio.gather(*said, return_exceptions=True)
        assert [results[0], type(results[1]), results[2]] == [(5,), Unavailable, (6,)]
        assert at.journal.batches[1:] == [1, 3, 1, 1, 1]
        assert events_of(at.journal).count("said") == len(at.published) == 3


@pytest.mark.safety(35)
async def test_a_store_that_fails_is_not_asked_again_for_each_operation() -> None:
    async with desk(one_by_one_within=-1) as at:
        said = await together(at, ["one", POISON, *(f"m{index}" for index in range(20))])
        results = await asyncio.gather(*said, return_exceptions=True)
        assert {type(result) for result in results} == {Unavailable}
        assert at.journal.batches[1:] == [1, 22]
        assert await at.say("one") == (5,)


async def test_stopping_commits_what_was_taken_and_takes_no_more() -> None:
    async with desk() as at:
        at.storage.may_commit.clear()
        said = [at.say(f"m{index}") for index in range(3)]
        await until(lambda: len(at.journal.batches) == 2)
        stopping = asyncio.ensure_future(at.writer.stop())
        await asyncio.sleep(0.02)
        with pytest.raises(Unavailable):
            await at.say("too late")
        at.storage.may_commit.set()
        await stopping
        assert [await one for one in said] == [(4,), (5,), (6,)]


async def test_a_flood_is_refused_before_it_fills_the_memory() -> None:
    async with desk() as at:
        at.storage.may_commit.clear()
        said = [at.say(f"m{index}") for index in range(60)]
        await until(lambda: any(one.done() for one in said))
        at.storage.may_commit.set()
        results = await asyncio.gather(*said, return_exceptions=True)
        refused = [result for result in results if isinstance(result, SuojaError)]
        assert 1 <= len(refused) <= 10


async def test_a_caller_that_gives_up_takes_nothing_back() -> None:
    async with desk() as at:
        at.storage.may_commit.clear()
        said = at.say("one")
        await asyncio.sleep(0.05)
        said.cancel()
        at.storage.may_commit.set()
        assert await at.say("two") == (5,)
        assert at.journal.read(TALK, 3, 10).conversation.newest == 5


async def test_cleaning_up_that_fails_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk() as at:
        monkeypatch.setattr(at.journal, "settle", lambda: 1 // 0)
        assert await at.say("one") == (4,)
        assert await at.say("two") == (5,)
