import sqlite3
from pathlib import Path

import pytest
from django.db import DatabaseError, connections

from suoja import health


@pytest.mark.django_db(databases=["default", "talks"])
def test_both_databases_are_up_to_the_program() -> None:
    assert not health.has_migrations_to_apply("default")
    assert not health.has_migrations_to_apply("talks")
    assert health.reason_not_to_serve() is None


def test_a_database_that_does_not_answer_is_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(_alias: str) -> bool:
        raise DatabaseError

    monkeypatch.setattr(health, "is_up_to_date", silent)
    assert health.reason_not_to_serve() == "database"


@pytest.mark.django_db(databases=["default", "talks"])
def test_an_old_database_or_a_missing_build_is_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_up_to_date", set())
    monkeypatch.setattr(health, "has_migrations_to_apply", lambda alias: alias == "talks")
    assert health.reason_not_to_serve() == "migrations"
    monkeypatch.setattr(health, "has_migrations_to_apply", lambda _: False)
    monkeypatch.setattr(health, "has_assets", lambda: False)
    assert health.reason_not_to_serve() == "assets"


@pytest.fixture(autouse=True)
def nothing_asked_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_writable", {})


@pytest.mark.safety(35)
@pytest.mark.django_db(databases=["default", "talks"])
def test_a_store_that_reads_and_takes_no_writes_is_the_reason() -> None:
    with connections["talks"].cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        assert health.reason_not_to_serve() == "storage"
        cursor.execute("PRAGMA query_only = OFF")
    health._writable.clear()
    assert health.reason_not_to_serve() is None


@pytest.mark.safety(35)
def test_the_probe_writes_each_time_so_a_full_disk_refuses_it(tmp_path: Path) -> None:
    path = tmp_path / "talks.sqlite3"
    store = sqlite3.connect(path, isolation_level=None)
    store.execute("PRAGMA journal_mode = WAL")
    store.execute("CREATE TABLE entries (body)")
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.execute(health.PROBE)
    written = path.with_name("talks.sqlite3-wal").stat().st_size
    assert written > 0
    store.execute(health.PROBE)
    assert path.with_name("talks.sqlite3-wal").stat().st_size > written
    store.close()


def test_a_flood_of_questions_is_a_trickle_of_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []

    def writes(alias: str) -> bool:
        written.append(alias)
        return True

    monkeypatch.setattr(health, "_has_written", writes)
    for tenth in range(100):
        assert health.can_commit("talks", 1_000 + tenth / 10)
    assert len(written) == 5


@pytest.mark.django_db(databases=["default", "talks"])
def test_what_was_up_to_date_once_is_not_looked_through_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def looks(alias: str) -> bool:
        asked.append(alias)
        return False

    monkeypatch.setattr(health, "_up_to_date", set())
    monkeypatch.setattr(health, "has_migrations_to_apply", looks)
    assert health.is_up_to_date("talks")
    assert health.is_up_to_date("talks")
    assert asked == ["talks"]
