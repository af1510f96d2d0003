import stat
from pathlib import Path

import pytest
from django.core import checks

from suoja.commands import prepare
from suoja.commands.prepare import NotReady, prepare_state, start_django, told

SILENT = checks.Warning("Known.", id="security.W008")
OLD = checks.Warning("Old.", hint="Renew it.", id="suoja.W999")


def test_the_state_and_its_key_are_made(tmp_path: Path) -> None:
    environ = {"SUOJA_VAR": str(tmp_path / "var")}
    prepare_state(environ)
    key = tmp_path / "var" / "secret-key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    first = key.read_text(encoding="utf-8")
    prepare_state(environ)
    assert key.read_text(encoding="utf-8") == first


def test_a_key_from_the_environment_is_not_written_down(tmp_path: Path) -> None:
    prepare_state({"SUOJA_VAR": str(tmp_path), "SUOJA_SECRET_KEY": "from elsewhere"})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.safety(44)
def test_a_warning_stops_a_real_service_and_not_a_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "run_checks", lambda **_: [OLD])
    start_django(fail_level=checks.ERROR)
    with pytest.raises(NotReady, match=r"suoja\.W999: Old\."):
        start_django(fail_level=checks.WARNING)


def test_a_warning_that_was_silenced_with_a_reason_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "run_checks", lambda **_: [SILENT])
    start_django(fail_level=checks.WARNING)


def test_a_message_is_told_with_its_hint() -> None:
    assert told(OLD) == "suoja.W999: Old.\n    Renew it."
    assert told(checks.Error("Broken.", id="suoja.E999")) == "suoja.E999: Broken."
