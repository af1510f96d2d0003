"""The fixed cast of the suite: two lines, and one helper of each role, under the names that visitors would see."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

from suoja.lib import clock

if TYPE_CHECKING:
    from suoja.lines.models import Line
    from suoja.people.models import Helper

STILL = datetime(2024, 6, 19, 9, 0, tzinfo=UTC)
"""A Wednesday, noon in Helsinki: where tests stand still."""

PASSWORD = "sill-and-window-lamp"


@pytest.fixture(autouse=True, scope="session")
def real_clock() -> None:
    """Forget the clock of a demo that was once started in this checkout."""
    clock.shift_by(timedelta(0))


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Hash passwords without the work that makes guessing slow; no test here guesses."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def still_clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Stop the service's clock."""
    monkeypatch.setattr(clock, "now", lambda: STILL)
    return STILL


@pytest.fixture
def lines(db: None) -> "dict[str, Line]":  # noqa: ARG001  # pytest-django opens the database by this name.
    from suoja.lines.access import lines_for_visitors
    from suoja.lines.actions import ensure_lines

    ensure_lines()
    return {line.code: line for line in lines_for_visitors()}


@pytest.fixture
def adults(lines: "dict[str, Line]") -> "Line":
    return lines["adults"]


@pytest.fixture
def young(lines: "dict[str, Line]") -> "Line":
    return lines["young"]


@pytest.fixture
def professional(adults: "Line", young: "Line") -> "Helper":
    return _helper("professional", "professional", [adults, young], alias="Kaisa", languages=("sv", "fi"))


@pytest.fixture
def peer(adults: "Line") -> "Helper":
    return _helper("peer", "peer", [adults], alias="Aino")


@pytest.fixture
def contact_person(db: None) -> "Helper":  # noqa: ARG001  # As above.
    return _helper("contact", "contact_person")


@pytest.fixture
def chat_coordinator(db: None) -> "Helper":  # noqa: ARG001  # As above.
    return _helper("coordinator", "chat_coordinator")


@pytest.fixture
def trainer(db: None) -> "Helper":  # noqa: ARG001  # As above.
    return _helper("trainer", "trainer")


@pytest.fixture
def administrator(db: None) -> "Helper":  # noqa: ARG001  # As above.
    return _helper("administrator", "administrator")


def _helper(
    name: str, role: str, lines: "list[Line] | None" = None, alias: str = "", languages: tuple[str, ...] = ("fi",)
) -> "Helper":
    from suoja.people.actions import create_helper
    from suoja.people.roles import Role

    email = f"{name}@example.org"
    return create_helper(
        email=email, password=PASSWORD, role=Role(role), lines=lines or [], languages=languages, alias=alias
    )
