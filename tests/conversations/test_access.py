"""What everybody may know of the lines: the very answer of /api/lines/."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.test import Client

from suoja.conversations.access import Lines, lines_for_everybody
from suoja.conversations.journal import SqlStorage
from suoja.lib import clock
from suoja.live.records import Change, Duty
from tests.live.cast import PUBLIC_KEY, Answer, standing_in

pytestmark = [pytest.mark.django_db(databases=["default", "talks"]), pytest.mark.usefixtures("lines")]

NOW = datetime(2024, 6, 19, 9, 0, tzinfo=UTC)

OnDuty = Callable[..., None]


@pytest.fixture
def on_duty() -> OnDuty:
    """Put somebody on duty, as a committed operation would have."""

    def put(**changes: Answer) -> None:
        values: dict[str, Answer] = {
            "code": "duty",
            "helper": "professional",
            "languages": ("sv", "fi"),
            "public_key": PUBLIC_KEY,
            "is_available": True,
            "lease_until": clock.milliseconds(NOW + timedelta(seconds=60)),
        }
        values |= changes
        duty = Duty(standing=standing_in(values), **values)
        SqlStorage(connections).write(Change(duties=(duty,)))

    return put


def open_lines(answer: Lines) -> set[str]:
    return {line.code for line in answer.lines if line.is_open}


def test_nobody_on_duty_closes_every_line_and_says_so() -> None:
    answer = lines_for_everybody(NOW)
    assert open_lines(answer) == set()
    assert {line.reason for line in answer.lines} == {"nobody_on_duty"}
    assert all(line.hours_open for line in answer.lines)


def test_a_professional_on_duty_opens_their_lines(on_duty: OnDuty) -> None:
    on_duty()
    answer = lines_for_everybody(NOW)
    assert open_lines(answer) == {"adults", "young"}
    assert {line.reason for line in answer.lines} == {None}


@pytest.mark.mission("M22")
def test_a_peer_on_duty_does_not_open_the_line_of_the_young(on_duty: OnDuty) -> None:
    on_duty(role="peer")
    assert open_lines(lines_for_everybody(NOW)) == {"adults"}


@pytest.mark.parametrize("change", [{"is_available": False}, {"ended_at": 1}, {"lease_until": 0}, {"lines": ()}])
def test_who_can_not_answer_opens_nothing(on_duty: OnDuty, change: dict[str, Answer]) -> None:
    on_duty(**change)
    assert open_lines(lines_for_everybody(NOW)) == set()


@pytest.mark.safety(11)
def test_each_line_says_in_which_languages_it_is_answered(on_duty: OnDuty) -> None:
    on_duty()
    on_duty(code="duty-of-peer", helper="peer", role="peer", languages=("en",))
    assert [line.languages for line in lines_for_everybody(NOW).lines] == [("fi", "sv", "en"), ("fi", "sv")]
    on_duty(is_available=False)
    assert [line.languages for line in lines_for_everybody(NOW).lines] == [("en",), ()]


@pytest.mark.usefixtures("still_clock")
def test_the_address_answers_in_the_form_of_the_contract(client: Client, on_duty: OnDuty) -> None:
    on_duty()
    answer = client.get("/en/api/lines/")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    first, second = json.loads(answer.content)["lines"]
    assert first == {
        "code": "adults",
        "name": "Help with violence",
        "hours_open": True,
        "admits_until": None,
        "closes_at": None,
        "is_open": True,
        "reason": None,
        "next_opening_at": None,
        "notices": [],
        "languages": ["fi", "sv"],
    }
    assert second["name"] == "Chat for children and young people"


@pytest.mark.usefixtures("still_clock")
@pytest.mark.parametrize(("prefix", "name"), [("", "Apua väkivaltaan"), ("/sv", "Hjälp mot våld")])
def test_names_are_in_the_language_of_the_address(client: Client, prefix: str, name: str) -> None:
    assert json.loads(client.get(f"{prefix}/api/lines/").content)["lines"][0]["name"] == name


def test_it_can_only_be_read(client: Client) -> None:
    assert client.post("/api/lines/").status_code == 405
