import pytest
from django.db import DatabaseError

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
