from django.contrib.sessions.backends.cached_db import SessionStore

from suoja.console.duty import duty_of_session
from suoja.people.sessions import end_duty_of


def test_a_session_s_duty_is_made_once() -> None:
    session = SessionStore()
    duty = duty_of_session(session)
    assert duty_of_session(session) == duty
    assert session["duty"] == duty


def test_two_sessions_have_two_duties() -> None:
    assert duty_of_session(SessionStore()) != duty_of_session(SessionStore())


def test_a_code_is_never_used_for_a_second_duty() -> None:
    session = SessionStore()
    first = duty_of_session(session)
    end_duty_of(session)
    assert duty_of_session(session) != first
