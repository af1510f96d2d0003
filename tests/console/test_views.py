import json
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from suoja.lib import clock
from suoja.lib.errors import Unauthorised
from suoja.lib.grants import GrantSigner, HelperGrant
from suoja.live import doorway
from suoja.people.models import Helper

CONSOLE, GRANT, BEGIN = "/console/", "/console/grant/", "/console/begin/"


class Data(HTMLParser):
    """Finds what the page hands to its script."""

    def __init__(self) -> None:
        super().__init__()
        self._is_inside = False
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_inside = tag == "script" and ("id", "suoja-data") in attrs

    def handle_endtag(self, _tag: str) -> None:
        self._is_inside = False

    def handle_data(self, data: str) -> None:
        self.text += data if self._is_inside else ""


def at_work(helper: Helper) -> Client:
    client = Client()
    client.force_login(helper)
    return client


def shown(client: Client, path: str = CONSOLE) -> HttpResponse:
    response = client.get(path, secure=True)
    assert isinstance(response, HttpResponse)
    return response


def data_of(client: Client, path: str = CONSOLE) -> dict[str, Any]:
    parser = Data()
    parser.feed(shown(client, path).content.decode())
    data: dict[str, Any] = json.loads(parser.text)
    return data


def asked(client: Client, path: str = GRANT) -> HttpResponse:
    response = client.post(path, secure=True)
    assert isinstance(response, HttpResponse)
    return response


def grant_in(response: HttpResponse) -> HelperGrant:
    assert response.status_code == 200
    grant = GrantSigner(settings.SUOJA_GRANT_SECRET).read(json.loads(response.content)["grant"], clock.now())
    assert isinstance(grant, HelperGrant)
    return grant


# --- the page -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_whoever_is_not_signed_in_is_led_to_the_sign_in_page(client: Client) -> None:
    for path, sign_in in ((CONSOLE, "/accounts/login/"), ("/en/console/", "/en/accounts/login/")):
        response = client.get(path, secure=True)
        assert response.status_code == 302
        assert response.headers["Location"] == f"{sign_in}?next={path}"


def test_a_helper_finds_the_console_with_its_parts(professional: Helper) -> None:
    page = shown(at_work(professional), "/en/console/").content.decode()
    assert "<title>Chat</title>" in page
    assert 'role="status" aria-label="Connection"' in page
    assert 'role="switch" aria-checked="false"' in page
    assert '<b id="available-name">Available</b>' in page
    assert 'aria-label="Waiting"' in page
    assert ">Sign out</button>" in page


@pytest.mark.mission("M7")
@pytest.mark.mission("M15")
def test_the_name_shown_is_the_alias_and_never_the_account(professional: Helper, peer: Helper) -> None:
    for helper, name in ((professional, "Ammattilainen Kaisa"), (peer, "Chatvertainen Aino")):
        page = shown(at_work(helper)).content.decode()
        assert f"<b>{name}</b>" in page
        assert helper.email not in page


def test_the_script_gets_words_lines_and_the_duty(professional: Helper, still_clock: datetime) -> None:
    client = at_work(professional)
    data = data_of(client, "/sv/console/")
    assert data["language"] == "sv"
    assert [line["name"] for line in data["lines"]] == ["Hjälp mot våld", "Chatt för barn och unga"]
    assert data["role"] == "professional"
    assert data["now"] == clock.milliseconds(still_clock)
    assert data["grant_url"] == "/sv/console/grant/"
    assert data["sign_in_url"] == "/sv/accounts/login/?next=/sv/console/"
    assert data["duty"] == client.session["duty"]
    assert [line["safety_questions"]["en"].split()[0] for line in data["lines"]] == ["Can", "Hi!"]


@pytest.mark.safety(15)
def test_the_script_gets_how_long_an_absence_means_what(professional: Helper, monkeypatch: pytest.MonkeyPatch) -> None:
    for limits, expected in (("", (120, 600)), ("back_after=2 park_after=4", (2, 4))):
        monkeypatch.setattr(settings, "SUOJA_LIMITS", limits)
        data = data_of(at_work(professional))
        assert (data["back_after"], data["park_after"]) == expected


def test_the_page_can_say_that_another_tab_has_the_duty_and_hides_it(professional: Helper) -> None:
    page = shown(at_work(professional), "/en/console/").content.decode()
    assert '<section class="console-away" id="elsewhere" hidden' in page
    assert "open in another tab or window" in page
    assert ">Continue here</button>" in page


@pytest.mark.mission("M22")
def test_a_peer_never_sees_the_line_of_the_young(peer: Helper) -> None:
    assert [line["code"] for line in data_of(at_work(peer))["lines"]] == ["adults"]


def test_a_duty_lasts_as_long_as_its_session(professional: Helper) -> None:
    client = at_work(professional)
    first = data_of(client)["duty"]
    assert data_of(client)["duty"] == first
    assert data_of(at_work(professional))["duty"] != first


@pytest.mark.safety(42)
@pytest.mark.parametrize("role", ["contact_person", "chat_coordinator", "trainer", "administrator"])
def test_whoever_answers_nobody_is_told_so_and_gets_no_duty(role: str, request: pytest.FixtureRequest) -> None:
    client = at_work(request.getfixturevalue(role))
    response = shown(client, "/en/console/")
    assert response.status_code == 403
    assert b"not part of your role" in response.content
    assert b"suoja-data" not in response.content
    assert "duty" not in client.session


@pytest.mark.safety(34)
def test_the_page_may_run_its_own_script_only_and_is_never_kept_or_framed(professional: Helper) -> None:
    response = shown(at_work(professional))
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "no-store" in response.headers["Cache-Control"]
    assert " style=" not in response.content.decode()


# --- the grant ------------------------------------------------------------------------------------------------------


def test_a_helper_gets_a_grant_for_the_session_s_duty(professional: Helper) -> None:
    client = at_work(professional)
    duty = data_of(client)["duty"]
    grant = grant_in(asked(client))
    assert grant.duty == duty
    assert grant.helper == professional.code
    assert grant.standing.role == "professional"
    assert grant.standing.lines == ("adults", "young")
    assert grant.standing.languages == ("fi", "sv")
    assert grant.standing.names["en"] == "Professional Kaisa"
    assert grant_in(asked(client)).duty == duty


def test_a_grant_lasts_five_minutes_and_says_until_when(professional: Helper, still_clock: datetime) -> None:
    answer = asked(at_work(professional))
    lasts = json.loads(answer.content)["expires"] - still_clock.timestamp()
    assert lasts == 300
    assert grant_in(answer).expires == still_clock.timestamp() + 300


@pytest.mark.mission("M22")
@pytest.mark.safety(23)
def test_the_next_grant_says_what_the_account_has_become(professional: Helper) -> None:
    client = at_work(professional)
    assert grant_in(asked(client)).standing.lines == ("adults", "young")
    professional.role = "peer"
    professional.save()
    standing = grant_in(asked(client)).standing
    assert (standing.role, standing.lines) == ("peer", ("adults",))


@pytest.mark.mission("M13")
def test_a_grant_is_for_one_conversation_at_a_time(professional: Helper) -> None:
    assert grant_in(asked(at_work(professional))).standing.capacity == 1


def test_a_forged_grant_is_not_one_of_ours(professional: Helper) -> None:
    token = json.loads(asked(at_work(professional)).content)["grant"]
    with pytest.raises(Unauthorised):
        GrantSigner("another secret of the same length as ours").read(token, clock.now())


@pytest.mark.safety(38)
@pytest.mark.django_db
def test_no_grant_without_a_session(client: Client) -> None:
    response = asked(client)
    assert response.status_code == 401
    assert json.loads(response.content) == {"error": "unauthorised"}


@pytest.mark.safety(23)
def test_no_grant_for_an_account_that_was_closed(professional: Helper) -> None:
    client = at_work(professional)
    grant_in(asked(client))
    professional.is_active = False
    professional.save()
    assert asked(client).status_code == 401


@pytest.mark.safety(42)
@pytest.mark.parametrize("role", ["contact_person", "chat_coordinator", "trainer", "administrator"])
def test_no_grant_for_whoever_answers_nobody(role: str, request: pytest.FixtureRequest) -> None:
    response = asked(at_work(request.getfixturevalue(role)))
    assert response.status_code == 403
    assert json.loads(response.content) == {"error": "not_yours"}


@pytest.mark.safety(38)
def test_no_grant_for_another_page_that_only_has_the_cookie(professional: Helper) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(professional)
    assert asked(client).status_code == 403
    shown(client)
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    headers = {"X-CSRFToken": token, "Referer": "https://testserver/console/"}
    assert client.post(GRANT, secure=True, headers=headers).status_code == 200


def test_a_grant_is_given_by_post_only_and_never_kept(professional: Helper) -> None:
    client = at_work(professional)
    assert client.get(GRANT, secure=True).status_code == 405
    response = asked(client)
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Content-Type"] == "application/json"


# --- another duty ---------------------------------------------------------------------------------------------------


@pytest.mark.safety(23)
def test_a_duty_that_is_over_is_followed_by_another_one(professional: Helper, monkeypatch: pytest.MonkeyPatch) -> None:
    revoked: list[str] = []
    monkeypatch.setattr(doorway, "revoke", revoked.append)
    client = at_work(professional)
    first = data_of(client)["duty"]
    response = asked(client, BEGIN)
    assert response.status_code == 302
    assert response.headers["Location"] == CONSOLE
    assert data_of(client)["duty"] != first
    assert revoked == [first]


@pytest.mark.django_db
def test_nobody_begins_a_duty_without_signing_in(client: Client) -> None:
    assert asked(client, BEGIN).headers["Location"].startswith("/accounts/login/")
