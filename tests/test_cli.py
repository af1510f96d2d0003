import pytest

from suoja import cli


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
