from pathlib import Path

import pytest

from suoja.lib.environment import secret_in, secret_key_file, sqlite_path, state_directory, words_of


def test_a_list_is_written_with_commas_or_spaces() -> None:
    assert words_of("a.example, b.example  c.example") == ["a.example", "b.example", "c.example"]
    assert words_of("") == []


def test_a_sqlite_address_names_a_file() -> None:
    assert sqlite_path("sqlite:////srv/talks.sqlite3") == Path("/srv/talks.sqlite3")
    assert sqlite_path("sqlite:///talks.sqlite3") == Path.cwd() / "talks.sqlite3"


@pytest.mark.parametrize("url", ["postgresql://db/suoja", "sqlite:///", "sqlite://", "", "talks.sqlite3"])
def test_any_other_address_names_no_file(url: str) -> None:
    assert sqlite_path(url) is None


def test_the_state_lies_in_var_unless_told() -> None:
    assert state_directory({}) == Path.cwd() / "var"
    assert state_directory({"SUOJA_VAR": "/srv/suoja"}) == Path("/srv/suoja")


def test_the_key_lies_in_the_state_unless_told() -> None:
    assert secret_key_file({"SUOJA_VAR": "/srv/suoja"}) == Path("/srv/suoja/secret-key")
    assert secret_key_file({"SUOJA_SECRET_KEY_FILE": "/run/key"}) == Path("/run/key")


def test_a_secret_file_is_read_without_its_line_end(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("abc\n", encoding="utf-8")
    assert secret_in(tmp_path / "key") == "abc"
    assert secret_in(tmp_path / "nothing") == ""
