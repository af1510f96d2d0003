import pytest
from django.contrib.sessions.backends.cached_db import SessionStore

from suoja.live import doorway
from suoja.people.sessions import DUTY, end_duty_of


@pytest.fixture
def revoked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Remember what the live core is told to end."""
    told: list[str] = []
    monkeypatch.setattr(doorway, "revoke", told.append)
    return told


@pytest.mark.safety(23)
def test_a_duty_is_ended_before_it_is_let_go_of(revoked: list[str]) -> None:
    session = SessionStore()
    session[DUTY] = "duty-of-this-session"
    end_duty_of(session)
    assert revoked == ["duty-of-this-session"]
    assert DUTY not in session


@pytest.mark.safety(23)
def test_a_duty_that_can_not_be_ended_is_not_let_go_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorway, "revoke", lambda _: 1 // 0)
    session = SessionStore()
    session[DUTY] = "duty-of-this-session"
    with pytest.raises(ZeroDivisionError):
        end_duty_of(session)
    assert session[DUTY] == "duty-of-this-session"


def test_ending_no_duty_does_nothing(revoked: list[str]) -> None:
    end_duty_of(SessionStore())
    assert revoked == []
