import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.translation import override

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
    assert "112" in page
    assert "nothing" not in page


@pytest.mark.parametrize("page", ["403.html", "403_csrf.html", "404.html", "500.html"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_whatever_can_not_be_shown_is_neutral_and_says_112(page: str, language: str) -> None:
    with override(language):
        text = render_to_string(page)
    assert f'<html lang="{language}">' in text
    assert "<title>Chat</title>" in text
    assert 'href="tel:112"' in text


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
