import os
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from suoja.commands import tick
from suoja.commands.prepare import NotReady


@pytest.fixture(autouse=True)
def stores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the tests' databases, which lie in memory, for files that are there."""
    monkeypatch.setattr(tick, "has_stores", lambda: True)


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


@pytest.mark.parametrize("is_made", [True, False])
def test_over_an_empty_state_it_says_that_there_is_none_and_makes_none(tmp_path: Path, *, is_made: bool) -> None:
    var = tmp_path / "var"
    if is_made:
        var.mkdir(mode=0o700)
    settings = {name: value for name, value in os.environ.items() if not name.startswith("SUOJA_")}
    done = subprocess.run(
        [sys.executable, "-m", "suoja.cli", "tick"],
        env={**settings, "SUOJA_VAR": str(var)},
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (1, tick.NO_STATE)
    assert var.exists() is is_made
    assert not is_made or not list(var.iterdir())
