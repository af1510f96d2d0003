import re
from collections.abc import Callable
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import override
from pytest_django import Settings

from suoja import views
from suoja.lib.security import CSP


@pytest.mark.django_db(databases=["default", "talks"])
def test_a_process_that_can_serve_says_so(client: Client) -> None:
    response = client.get("/health/")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


@pytest.mark.parametrize("reason", ["database", "migrations", "assets"])
def test_one_that_can_not_says_why(client: Client, monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    monkeypatch.setattr(views, "reason_not_to_serve", lambda: reason)
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "reason": reason}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/nothing/", "Sivua ei löydy"),
        ("/sv/nothing/", "Sidan finns inte här"),
        ("/en/nothing/", "This page is not here"),
    ],
)
def test_what_is_not_here_says_so_in_ones_language(client: Client, path: str, text: str) -> None:
    response = client.get(path)
    page = response.content.decode()
    assert response.status_code == 404
    assert text in page
    assert "<title>Chat</title>" in page
    assert "nothing" not in page


NEUTRAL = "https://www.foreca.fi/"
SHOWN: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "refused": lambda request: views.refused(request, PermissionDenied()),
    "expired": views.form_expired,
    "missing": lambda request: views.not_found(request, Http404()),
    "too large": lambda request: views.too_large(request.path),
    "failed": views.server_error,
}


@pytest.fixture
def page(request: pytest.FixtureRequest, settings: Settings) -> str:
    """Draw one of the pages in one of the languages."""
    settings.SUOJA_EXIT_URL = NEUTRAL
    what, language = request.param
    with override(language):
        return SHOWN[what](RequestFactory().get(f"/{language}/somewhere/")).content.decode()


every_page = pytest.mark.parametrize("page", list(product(SHOWN, ["fi", "sv", "en"])), indirect=True, ids=" ".join)


@every_page
def test_whatever_can_not_be_shown_is_neutral(page: str) -> None:
    assert re.findall(r"<title>(.*?)</title>", page) == ["Chat"]
    assert "somewhere" not in page


@every_page
def test_it_says_112_once_as_a_number_that_can_be_called(page: str) -> None:
    assert re.findall(r"<a[^>]*>112</a>", page) == ['<a class="page-call" href="tel:112">112</a>']
    assert re.sub(r"<[^>]*>", "", page).count("112") == 1


@pytest.mark.safety(1)
@every_page
def test_the_first_link_on_it_leaves_for_the_neutral_site(page: str) -> None:
    first = re.findall(r"<a [^>]*>", page)[0]
    assert f'href="{NEUTRAL}"' in first
    assert 'rel="noreferrer"' in first
    assert page.index(first) < page.index("<h1>")


def test_each_says_what_it_is_with_the_right_status() -> None:
    request = RequestFactory().get("/en/somewhere/")
    assert {what: show(request).status_code for what, show in SHOWN.items()} == {
        "refused": 403,
        "expired": 403,
        "missing": 404,
        "too large": 413,
        "failed": 500,
    }


def test_a_form_without_its_token_has_expired() -> None:
    response = Client(enforce_csrf_checks=True).post("/en/accounts/login/")
    assert response.status_code == 403
    assert "This page has expired" in response.content.decode()


@pytest.mark.safety(8)
def test_what_is_not_here_sets_no_cookie(client: Client) -> None:
    assert not client.get("/nothing/").cookies


def test_a_failure_of_ours_shows_nothing_of_it() -> None:
    response = views.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "112" in response.content.decode()


def test_when_no_page_can_be_made_the_number_is_still_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise PermissionDenied

    monkeypatch.setattr(views, "render", broken)
    assert views.server_error(HttpRequest()).content == b"Chat: 112"
    assert views.too_large("/").content == b"Chat: 112"


def test_search_engines_are_kept_from_helpers_pages(client: Client) -> None:
    assert "Disallow: /console/" in client.get("/robots.txt").content.decode()


@pytest.mark.safety(34)
def test_every_kind_of_answer_carries_the_policy(client: Client) -> None:
    for path in ("/nothing/", "/robots.txt", "/accounts/login/", "/static/suoja/manifest.json"):
        response = client.get(path, secure=True)
        assert "default-src 'none'" in response.headers[CSP]
        assert "frame-ancestors 'none'" in response.headers[CSP]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert response.headers["Strict-Transport-Security"].startswith("max-age=")
