from argparse import Namespace

import pytest

from suoja.commands import tick
from suoja.commands.prepare import NotReady

ELSEWHERE = "suoja.E005: elsewhere"


@pytest.mark.django_db(databases=["default", "talks"], transaction=True)
def test_it_says_how_much_was_due(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(tick, "start_django", lambda **_: None)
    assert tick.run(Namespace()) == 0
    talks, people = capsys.readouterr().out.splitlines()
    assert talks.startswith("talks: 0 due")
    assert people.startswith("people: ")


def test_it_does_nothing_over_an_old_store(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(tick, "start_django", lambda **_: None)
    monkeypatch.setattr(tick, "stores_not_ready", lambda: ["talks: the database is older than the program."])
    assert tick.run(Namespace()) == 1
    assert "talks:" in capsys.readouterr().out


def test_it_does_nothing_with_settings_that_can_not_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def not_ready(**_: object) -> None:
        raise NotReady(ELSEWHERE)

    monkeypatch.setattr(tick, "start_django", not_ready)
    assert tick.run(Namespace()) == 1
    assert "suoja.E005" in capsys.readouterr().out
