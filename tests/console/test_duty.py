from django.contrib.sessions.backends.cached_db import SessionStore

from suoja.console.duty import begin_another_duty, duty_of_session


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
    begin_another_duty(session)
    assert duty_of_session(session) != first


def test_letting_go_of_no_duty_does_nothing() -> None:
    session = SessionStore()
    begin_another_duty(session)
    assert "duty" not in session
