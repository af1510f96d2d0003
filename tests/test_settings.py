import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from suoja import settings

FILE = Path(settings.__file__)
Read = Callable[..., dict[str, Any]]
NAMES = [name for name in vars(settings) if name.startswith("SUOJA_")]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Read:
    """Return a reader of the settings under an environment of one's own."""
    for name in [*NAMES, "WEB_CONCURRENCY"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SUOJA_VAR", str(tmp_path))

    def read_with(**environment: str) -> dict[str, Any]:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(FILE))

    return read_with


def test_the_defaults_are_a_real_services(read: Read) -> None:
    values = read()
    assert not values["DEBUG"]
    assert values["ALLOWED_HOSTS"] == []
    assert values["SESSION_COOKIE_SECURE"]
    assert values["SESSION_COOKIE_NAME"] == "__Host-session"
    assert values["SECURE_HSTS_SECONDS"] >= 31536000


def test_a_demo_speaks_plain_http_on_its_own_machine(read: Read) -> None:
    values = read(SUOJA_DEMO="1")
    assert values["ALLOWED_HOSTS"] == ["127.0.0.1", "[::1]", ".localhost"]
    assert not values["SESSION_COOKIE_SECURE"]
    assert values["SECURE_HSTS_SECONDS"] == 0


def test_the_two_stores_lie_in_the_state(read: Read, tmp_path: Path) -> None:
    databases = read()["DATABASES"]
    assert databases["default"]["NAME"] == tmp_path / "suoja.sqlite3"
    assert databases["talks"]["NAME"] == tmp_path / "talks.sqlite3"


def test_a_store_can_lie_elsewhere(read: Read) -> None:
    assert read(SUOJA_TALKS_DATABASE_URL="sqlite:////srv/t.db")["DATABASES"]["talks"]["NAME"] == Path("/srv/t.db")


@pytest.mark.parametrize("alias", ["default", "talks"])
def test_what_is_acknowledged_is_on_disk_and_what_is_deleted_is_overwritten(read: Read, alias: str) -> None:
    options = read()["DATABASES"][alias]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "foreign_keys = ON"):
        assert pragma in options["init_command"]


def test_the_key_comes_from_the_environment_or_its_file(read: Read, tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("from the file\n", encoding="utf-8")
    assert read()["SECRET_KEY"] == "from the file"
    assert read(SUOJA_SECRET_KEY="from the environment")["SECRET_KEY"] == "from the environment"


def test_without_a_key_each_process_gets_one_that_nobody_knows(read: Read) -> None:
    first, second = read(), read()
    assert first["SUOJA_SECRET_KEY"] == ""
    assert len(first["SECRET_KEY"]) == 64
    assert first["SECRET_KEY"] != second["SECRET_KEY"]


@pytest.mark.safety(38)
def test_grants_are_signed_under_a_secret_of_their_own(read: Read) -> None:
    values = read(SUOJA_SECRET_KEY="k" * 50)
    assert len(bytes.fromhex(values["SUOJA_GRANT_SECRET"])) == 32
    assert "k" not in values["SUOJA_GRANT_SECRET"]
    assert read(SUOJA_SECRET_KEY="l" * 50)["SUOJA_GRANT_SECRET"] != values["SUOJA_GRANT_SECRET"]


def test_limits_are_read_as_they_are_written(read: Read) -> None:
    assert read()["SUOJA_LIMITS"] == ""
    assert read(SUOJA_LIMITS="park_after=4")["SUOJA_LIMITS"] == "park_after=4"


def test_lists_are_read_as_lists(read: Read) -> None:
    values = read(SUOJA_HOSTS="a.example, b.example", SUOJA_FRAME_HOSTS="https://a.example https://b.example")
    assert values["ALLOWED_HOSTS"] == ["a.example", "b.example"]
    assert values["SUOJA_FRAME_HOSTS"] == ["https://a.example", "https://b.example"]


@pytest.mark.mission("M9")
def test_no_log_writes_what_was_asked_for_or_by_whom(read: Read) -> None:
    loggers = read()["LOGGING"]["loggers"]
    assert loggers["uvicorn.access"]["handlers"] == ["nowhere"]
    assert loggers["django.security"]["handlers"] == ["nowhere"]
    assert loggers["django.request"]["level"] == "ERROR"
