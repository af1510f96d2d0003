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

    monkeypatch.setattr(health, "has_migrations_to_apply", silent)
    assert health.reason_not_to_serve() == "database"


def test_an_old_database_or_a_missing_build_is_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "has_migrations_to_apply", lambda alias: alias == "talks")
    assert health.reason_not_to_serve() == "migrations"
    monkeypatch.setattr(health, "has_migrations_to_apply", lambda _: False)
    monkeypatch.setattr(health, "has_assets", lambda: False)
    assert health.reason_not_to_serve() == "assets"
