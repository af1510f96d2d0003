from typing import TYPE_CHECKING

import pytest
from django.test import Client

from suoja.live import doorway
from suoja.people.models import Helper

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

PASSWORD = "sill-and-window-lamp"


def signed_in(client: Client, helper: Helper, password: str = PASSWORD, path: str = "/accounts/login/") -> "Answer":
    return client.post(path, {"username": helper.email, "password": password}, secure=True)


def test_a_helper_signs_in_and_meets_the_console(client: Client, professional: Helper) -> None:
    response = signed_in(client, professional)
    assert response.status_code == 302
    assert response.headers["Location"] == "/console/"


@pytest.mark.parametrize("language", ["en", "sv"])
def test_one_stays_in_ones_language(client: Client, professional: Helper, language: str) -> None:
    response = signed_in(client, professional, path=f"/{language}/accounts/login/")
    assert response.headers["Location"] == f"/{language}/console/"


def test_one_goes_on_to_where_one_was_going_but_never_elsewhere(client: Client, professional: Helper) -> None:
    there = signed_in(client, professional, path="/accounts/login/?next=/admin/")
    assert there.headers["Location"] == "/admin/"
    client.logout()
    elsewhere = signed_in(client, professional, path="/accounts/login/?next=https://example.com/")
    assert elsewhere.headers["Location"] == "/console/"


@pytest.mark.safety(23)
def test_every_refusal_reads_the_same(client: Client, professional: Helper, peer: Helper) -> None:
    peer.is_active = False
    peer.save()
    stranger = Helper(email="nobody@example.org")
    refusals = [signed_in(client, professional, "wrong"), signed_in(client, peer), signed_in(client, stranger)]
    told = {page.content.split(b'role="alert"><p>')[1].split(b"<")[0] for page in refusals}
    assert len(told) == 1
    assert {page.status_code for page in refusals} == {200}


def test_the_page_has_what_its_readers_look_for(client: Client) -> None:
    page = client.get("/en/accounts/login/", secure=True).content.decode()
    assert "<title>Chat</title>" in page
    assert '<label for="id_username">Email</label>' in page
    assert '<label for="id_password">Password</label>' in page
    assert 'autocomplete="current-password"' in page
    assert ">Sign in</button>" in page


def test_a_page_for_helpers_is_not_kept(client: Client) -> None:
    headers = client.get("/accounts/login/", secure=True).headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["Referrer-Policy"] == "same-origin"


def test_helpers_cookies_are_bound_to_this_host_and_https(client: Client, professional: Helper) -> None:
    signed_in(client, professional)
    session = client.cookies["__Host-session"]
    assert session["secure"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert not session["domain"]


@pytest.mark.safety(23)
def test_signing_out_ends_the_duty(client: Client, professional: Helper, monkeypatch: pytest.MonkeyPatch) -> None:
    revoked: list[str] = []
    monkeypatch.setattr(doorway, "revoke", revoked.append)
    signed_in(client, professional)
    session = client.session
    session["duty"] = "duty-of-this-session"
    session.save()
    response = client.post("/en/accounts/logout/", secure=True)
    assert response.headers["Location"] == "/en/accounts/login/"
    assert revoked == ["duty-of-this-session"]
    assert "_auth_user_id" not in client.session


def test_a_link_can_not_sign_anybody_out(client: Client, professional: Helper) -> None:
    signed_in(client, professional)
    assert client.get("/accounts/logout/", secure=True).status_code == 405
    assert "_auth_user_id" in client.session


def test_a_form_of_another_site_is_refused_in_plain_words(professional: Helper) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/en/accounts/login/", {"username": professional.email, "password": PASSWORD}, secure=True)
    assert response.status_code == 403
    assert "This page has expired" in response.content.decode()
