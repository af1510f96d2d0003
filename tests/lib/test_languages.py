import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.translation import get_language

from suoja.lib.languages import LanguageOfAddress, language_of_path, path_without_language

ADDRESSES = [
    ("/", "fi", "/"),
    ("/chat/", "fi", "/chat/"),
    ("/sv/chat/", "sv", "/chat/"),
    ("/en/", "en", "/"),
    ("/en", "en", "/"),
    ("/english/", "fi", "/english/"),
    ("/fi/chat/", "fi", "/fi/chat/"),
]


@pytest.mark.parametrize(("path", "language", "_bare"), ADDRESSES)
def test_the_first_part_of_an_address_is_its_language(path: str, language: str, _bare: str) -> None:
    assert language_of_path(path) == language


@pytest.mark.parametrize(("path", "_language", "bare"), ADDRESSES)
def test_an_address_without_its_language_is_the_finnish_one(path: str, _language: str, bare: str) -> None:
    assert path_without_language(path) == bare


def test_neither_cookie_nor_browser_decides_the_language() -> None:
    seen = []

    def view(_request: HttpRequest) -> HttpResponse:
        seen.append(get_language())
        return HttpResponse()

    request = RequestFactory().get("/chat/", headers={"Accept-Language": "sv"})
    request.COOKIES["django_language"] = "en"
    response = LanguageOfAddress(view)(request)
    assert seen == ["fi"]
    assert response.headers["Content-Language"] == "fi"
    assert "Vary" not in response.headers
