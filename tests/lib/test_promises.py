import secrets

import pytest

from suoja.lib.promises import NEUTRAL_SITES, is_network, is_neutral_site, is_origin, is_own_machine, is_weak_secret


@pytest.mark.safety(38)
@pytest.mark.parametrize("secret", ["", "short", "ab" * 40, "a" * 200])
def test_a_short_or_repeated_secret_is_weak(secret: str) -> None:
    assert is_weak_secret(secret)


def test_a_random_secret_is_not_weak() -> None:
    assert not is_weak_secret(secrets.token_urlsafe(48))


@pytest.mark.safety(6)
@pytest.mark.parametrize("host", sorted(NEUTRAL_SITES))
def test_a_listed_site_is_neutral_over_https_only(host: str) -> None:
    assert is_neutral_site(f"https://{host}/")
    assert not is_neutral_site(f"http://{host}/")


@pytest.mark.safety(6)
@pytest.mark.parametrize(
    "url",
    [
        "",
        "/",
        "https://",
        "https://mail.example.org/",
        "https://www.ilmatieteenlaitos.fi.example.org/",
        "https://www.ilmatieteenlaitos.fi:8443/",
        "https://somebody@www.ilmatieteenlaitos.fi/",
        "javascript:alert(1)",
        "https://[broken/",
    ],
)
def test_any_other_address_is_not_neutral(url: str) -> None:
    assert not is_neutral_site(url)


def test_a_demo_may_leave_to_its_own_machine() -> None:
    assert is_own_machine("http://neutral.localhost:8000/")
    assert is_own_machine("http://127.0.0.1:8000/")
    assert not is_own_machine("https://localhost.example.org/")


def test_an_origin_has_no_path_and_no_wildcard() -> None:
    assert is_origin("https://www.example.org")
    assert is_origin("https://www.example.org:8443")


@pytest.mark.safety(34)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "*",
        "www.example.org",
        "http://www.example.org",
        "https://www.example.org/",
        "https://*.example.org",
        "https://a@example.org",
        "https://example.org:port",
        "https://example.org; script-src *",
        "https://example.org 'unsafe-inline'",
        "https://example.org:99999",
    ],
)
def test_anything_else_is_no_origin(text: str) -> None:
    assert not is_origin(text)


def test_a_demo_may_be_framed_over_plain_http() -> None:
    assert is_origin("http://host.localhost:8000", schemes=frozenset({"http", "https"}))


def test_a_network_is_an_address_or_a_range() -> None:
    assert is_network("127.0.0.1")
    assert is_network("10.0.0.0/8")
    assert is_network("::1")
    assert not is_network("*")
    assert not is_network("proxy.example.org")
