import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from suoja import cli


@pytest.fixture(autouse=True)
def own_umask() -> Iterator[None]:
    """Give the tests back the mask that they began with."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.safety(44)
def test_what_a_command_makes_is_for_the_service_alone(tmp_path: Path) -> None:
    """A directory that was there before keeps its mode, so each file has to have its own."""
    var = tmp_path / "var"
    var.mkdir(0o755)
    settings = {name: value for name, value in os.environ.items() if not name.startswith("SUOJA_")}
    subprocess.run(
        [sys.executable, "-m", "suoja.cli", "migrate"],
        env={**settings, "SUOJA_VAR": str(var)},
        umask=0o022,
        capture_output=True,
        timeout=40,
        check=False,
    )
    made = {path.name: path.stat().st_mode & 0o777 for path in var.iterdir()}
    assert "suoja.sqlite3" in made
    assert set(made.values()) == {0o600}


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_each_command_says_what_it_does(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([name, "--help"])
    assert left.value.code == 0
    assert cli.COMMANDS[name].split(",")[0].split(":")[0] in " ".join(capsys.readouterr().out.split())


def test_without_a_command_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([])
    assert left.value.code == 0
    told = capsys.readouterr().out
    assert all(name in told for name in cli.COMMANDS)


def test_the_port_comes_from_the_environment_or_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    assert cli.parser().parse_args(["demo"]).port == 8123
    assert cli.parser().parse_args(["serve", "--port", "9000"]).port == 9000
    monkeypatch.delenv("PORT")
    assert cli.parser().parse_args(["demo"]).port == 8000


def test_the_demo_listens_on_this_machine_alone() -> None:
    assert cli.parser().parse_args(["demo"]).host == "127.0.0.1"


def test_any_other_command_is_djangos(monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[list[str]] = []
    monkeypatch.setattr("django.core.management.execute_from_command_line", passed.append)
    cli.main(["showmigrations", "--plan"])
    assert passed == [["suoja", "showmigrations", "--plan"]]


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out.strip().count(".") == 2
