from argparse import Namespace

import pytest
from django.db import DatabaseError

from suoja import health
from suoja.commands import check
from suoja.commands.prepare import NotReady

WEAK = "suoja.E001: no key"


def ready(**_: object) -> None:
    """Every check is content."""


@pytest.mark.django_db(databases=["default", "talks"])
def test_when_all_is_well_it_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(check, "start_django", ready)
    assert check.run(Namespace()) == 0
    assert capsys.readouterr().out == "All is well.\n"


@pytest.mark.safety(44)
def test_what_keeps_the_service_from_starting_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def not_ready(**_: object) -> None:
        raise NotReady(WEAK)

    monkeypatch.setattr(check, "start_django", not_ready)
    assert check.run(Namespace()) == 1
    assert "suoja.E001" in capsys.readouterr().out


def test_an_old_or_silent_database_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def is_behind(alias: str) -> bool:
        if alias == "talks":
            raise DatabaseError
        return True

    monkeypatch.setattr(check, "start_django", ready)
    monkeypatch.setattr(health, "has_migrations_to_apply", is_behind)
    assert check.run(Namespace()) == 1
    told = capsys.readouterr().out
    assert "default: the database is older than the program" in told
    assert "talks: the database does not answer" in told
