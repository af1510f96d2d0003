from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from suoja.checks import RULES, check_of
from suoja.lib.state import start_demo_state
from tests.cast import STILL

SOUND = {
    "SUOJA_DEMO": False,
    "SUOJA_SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQ",
    "ALLOWED_HOSTS": ["chat.example.org"],
    "SUOJA_STAFF_HOST": "",
    "SUOJA_FRAME_HOSTS": ["https://www.example.org"],
    "SUOJA_TRUSTED_PROXIES": ["127.0.0.1"],
    "SUOJA_LIMITS": "absence_limit=1200 park_after=300",
}

BROKEN: list[tuple[str, dict[str, Any]]] = [
    ("suoja.E001", {"SUOJA_SECRET_KEY": ""}),
    ("suoja.E001", {"SUOJA_SECRET_KEY": "short"}),
    ("suoja.E003", {"ALLOWED_HOSTS": []}),
    ("suoja.E003", {"ALLOWED_HOSTS": ["*"]}),
    ("suoja.E004", {"SUOJA_STAFF_HOST": "staff.example.org"}),
    ("suoja.E005", {"SUOJA_DATABASE_URL": "postgresql://db/suoja"}),
    ("suoja.E005", {"SUOJA_TALKS_DATABASE_URL": "mysql://db/talks"}),
    ("suoja.E007", {"SUOJA_BUS_URL": "redis://localhost"}),
    ("suoja.E008", {"WORKERS": 2}),
    ("suoja.E009", {"SUOJA_ADDRESS_RETENTION": "month"}),
    ("suoja.E010", {"SUOJA_KEY_DIR": "/srv/keys"}),
    ("suoja.E011", {"SUOJA_REQUIRE_SECOND_FACTOR": "1"}),
    ("suoja.E012", {"SUOJA_MAIL_URL": "smtp://localhost"}),
    ("suoja.E013", {"SUOJA_DEMO": True, "SUOJA_DEMO_HOURS": "real"}),
    ("suoja.E014", {"SUOJA_CLOCK": "2024-06-19T12:00:00+03:00"}),
    ("suoja.E014", {"SUOJA_DEMO_HOURS": "always"}),
    ("suoja.E015", {"SUOJA_DEMO": True, "SUOJA_CLOCK": "noon"}),
    ("suoja.E016", {"SUOJA_EXIT_URL": "https://mail.example.org/"}),
    ("suoja.E016", {"SUOJA_EXIT_URL": "http://neutral.localhost/"}),
    ("suoja.E017", {"SUOJA_FRAME_HOSTS": ["www.example.org"]}),
    ("suoja.E017", {"SUOJA_FRAME_HOSTS": ["http://www.example.org"]}),
    ("suoja.E018", {"SUOJA_TRUSTED_PROXIES": ["*"]}),
    ("suoja.E019", {"DEBUG": True}),
    ("suoja.E020", {"SESSION_COOKIE_SECURE": False}),
    ("suoja.E020", {"CSRF_COOKIE_SECURE": False}),
    ("suoja.E025", {"SUOJA_LIMITS": "patience=20"}),
    ("suoja.E025", {"SUOJA_LIMITS": "absence_limit=soon"}),
    ("suoja.E025", {"SUOJA_LIMITS": "max_streams=1.5"}),
    ("suoja.E025", {"SUOJA_LIMITS": "absence_limit=0"}),
    ("suoja.E025", {"SUOJA_LIMITS": "absence_limit=-1"}),
    ("suoja.E025", {"SUOJA_LIMITS": "absence_limit=inf"}),
    ("suoja.E025", {"SUOJA_LIMITS": "absence_limit=nan"}),
    ("suoja.E025", {"SUOJA_LIMITS": "absence_limit"}),
    ("suoja.E025", {"SUOJA_LIMITS": "absence_limit=1, park_after=1"}),
]


@pytest.fixture
def sound(settings: Settings, tmp_path: Path) -> Settings:
    """A service that may start."""
    settings.SUOJA_VAR = tmp_path
    settings.SUOJA_SECRET_KEY_FILE = tmp_path / "secret-key"
    settings.BASE_DIR = tmp_path
    for built in ("static/suoja/manifest.json", "locale/fi/LC_MESSAGES/django.mo"):
        (tmp_path / built).parent.mkdir(parents=True)
        (tmp_path / built).write_text('{"widget.js": "widget-ABCD2345.js"}', encoding="utf-8")
    change(settings, SOUND)
    return settings


def change(settings: Settings, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(settings, name, value)


def ids() -> list[str]:
    return [message.id or "" for rule in RULES for message in check_of(rule)()]


@pytest.mark.safety(44)
def test_a_sound_service_may_start(sound: Settings) -> None:
    assert sound.SUOJA_VAR
    assert ids() == []


@pytest.mark.safety(44)
@pytest.mark.parametrize(("id_", "values"), BROKEN)
def test_a_promise_that_can_not_be_kept_is_refused(sound: Settings, id_: str, values: dict[str, Any]) -> None:
    change(sound, values)
    assert ids() == [id_]


def test_two_stores_in_one_file_are_refused(sound: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for store in sound.DATABASES.values():
        monkeypatch.setitem(store, "NAME", "one.sqlite3")
    assert ids() == ["suoja.E006"]


def test_a_key_that_others_can_read_is_refused(sound: Settings) -> None:
    path = sound.SUOJA_SECRET_KEY_FILE
    path.write_text("key", encoding="utf-8")
    path.chmod(0o644)
    assert ids() == ["suoja.E002"]
    path.chmod(0o600)
    assert ids() == []


@pytest.mark.safety(44)
def test_a_state_that_others_can_read_is_refused(sound: Settings, tmp_path: Path) -> None:
    for mode in (0o755, 0o710, 0o701):
        tmp_path.chmod(mode)
        assert ids() == ["suoja.E024"]
    tmp_path.chmod(0o700)
    assert ids() == []
    assert tmp_path == sound.SUOJA_VAR


def test_a_database_elsewhere_that_others_can_read_is_refused(
    sound: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound.SUOJA_VAR = tmp_path / "var"
    elsewhere = tmp_path / "talks.sqlite3"
    elsewhere.touch(0o644)
    monkeypatch.setitem(sound.DATABASES["talks"], "NAME", elsewhere)
    assert ids() == ["suoja.E024"]
    elsewhere.chmod(0o600)
    assert ids() == []


def test_a_demos_state_is_no_real_services(sound: Settings) -> None:
    start_demo_state(sound.SUOJA_VAR, "", STILL)
    assert ids() == ["suoja.E021"]
    sound.SUOJA_DEMO = True
    assert ids() == []


def test_a_front_end_that_was_not_built_is_refused(sound: Settings, tmp_path: Path) -> None:
    (tmp_path / "static/suoja/manifest.json").unlink()
    assert ids() == ["suoja.E022"]
    assert tmp_path == sound.BASE_DIR


@pytest.mark.usefixtures("sound")
def test_translations_that_were_not_compiled_are_refused(tmp_path: Path) -> None:
    (tmp_path / "locale/fi/LC_MESSAGES/django.mo").unlink()
    assert ids() == ["suoja.E023"]


def test_a_demo_may_play_every_part_itself(sound: Settings) -> None:
    change(
        sound,
        {
            "SUOJA_DEMO": True,
            "SUOJA_EXIT_URL": "http://neutral.localhost:8001/",
            "SUOJA_FRAME_HOSTS": ["http://host.localhost:8002"],
            "SUOJA_CLOCK": "2024-06-19T12:00:00+03:00",
            "SUOJA_DEMO_HOURS": "always",
            "SESSION_COOKIE_SECURE": False,
        },
    )
    assert ids() == []


def test_each_rule_has_its_own_id_a_sentence_and_a_hint() -> None:
    assert [rule.id for rule in RULES] == [f"suoja.E{number:03}" for number in range(1, len(RULES) + 1)]
    assert all(rule.message.endswith((".", "always open.")) and rule.hint for rule in RULES)
