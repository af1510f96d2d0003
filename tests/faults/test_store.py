"""A store that is slow to commit, and one that takes no writes: the core over real SQLite files, in this process."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from suoja.conversations.journal import SqlStorage
from suoja.live.journal import Journal
from suoja.live.limits import Limits
from tests.conversations.talks import FILE, Store, connections_to, migrated
from tests.live.asgi import Service, body_of, line_rule, service

MESSAGES = 40
QUICK_BEATS = Limits(heartbeat_active=0.05, heartbeat_waiting=0.05)


class HangingStorage(SqlStorage):
    """The SQL storage on a disk that lets a commit wait until a test lets it pass. Nothing else is changed."""

    disk = threading.Event()
    transactions = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with super().transaction():
            yield
            self.disk.wait(30)
        HangingStorage.transactions += 1


@pytest.fixture
def store(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Store]:
    with django_db_blocker.unblock():
        store = Store(tmp_path / "store", migrated(tmp_path / FILE))
        yield store
        store.connections.close_all()


def said(code: str, number: int) -> dict[str, object]:
    """Return the body of a `say` with a message of its own."""
    return body_of("say", code) | {"messages": [{"id": f"m{number}", "sealed": f"sealed-{number}"}]}


@pytest.mark.safety(35)
async def test_a_slow_commit_holds_the_answers_and_nothing_else(store: Store) -> None:
    HangingStorage.disk.set()
    storage = HangingStorage(store.connections)
    async with service(QUICK_BEATS, lambda limits: Journal(storage, line_rule, limits)) as live:
        visitor, professional, _ = await live.talk()
        code, grant = visitor["conversation"], visitor["grant"]
        async with live.stream(professional) as stream:
            HangingStorage.disk.clear()
            says = [asyncio.ensure_future(live.post("say", said(code, at), grant)) for at in range(MESSAGES)]
            for _ in range(3):
                await stream.next("heartbeat")
            await live.post("typing", body_of("typing", code), grant)
            assert (await stream.next("typing"))["is_typing"]
            # Neither acknowledged nor told: the commit has not returned.
            assert not any(one.done() for one in says)
            before = HangingStorage.transactions
            HangingStorage.disk.set()
            answers = await asyncio.gather(*says)
            assert [answer.json["numbers"] for answer in answers] == [[at + 3] for at in range(MESSAGES)]
            assert [(await stream.next("said"))["number"] for _ in range(MESSAGES)] == list(range(3, MESSAGES + 3))
            # The first went alone, and all the others shared the next wait for the disk; a sweep may come between.
            assert HangingStorage.transactions - before <= 4


@pytest.mark.safety(35)
@pytest.mark.safety(36)
async def test_a_store_that_turns_read_only_refuses_and_does_nothing_by_halves(store: Store) -> None:
    async with service(Limits(), store.journal) as live:
        visitor, _, _ = await live.talk()
        code, grant = visitor["conversation"], visitor["grant"]
        assert (await live.post("say", said(code, 1), grant)).json == {"numbers": [3]}
    before = rows(store)
    read_only = connections_to(Path(f"file:{store.folder / FILE}?mode=ro"))
    storage = SqlStorage(read_only)
    async with service(Limits(), lambda limits: Journal(storage, line_rule, limits)) as live:
        answer = await live.post("say", said(code, 2), grant)
        assert (answer.status, answer.error) == (503, "unavailable")
        assert (await live.post("end", body_of("end", code), grant)).status == 503
        assert (await live.post("open", body_of("open"))).status == 503
        assert await numbers(live, code, grant) == [1, 2, 3]
    read_only.close_all()
    assert rows(store) == before
    async with service(Limits(), store.journal) as live:
        assert (await live.post("say", said(code, 2), grant)).json == {"numbers": [4]}
        assert await numbers(live, code, grant) == [1, 2, 3, 4]


async def numbers(live: Service, code: str, grant: str) -> list[int]:
    """Return the numbers of a log, as they can be read."""
    answer = await live.post("read", body_of("read", code), grant)
    return [event["number"] for event in answer.json["events"]]


def rows(store: Store) -> list[int]:
    return [store.rows(table) for table in ("conversation", "entry", "duty")]
