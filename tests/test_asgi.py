"""The application as a whole: who is ourselves, and which part serves what."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from django.core.handlers.asgi import ASGIHandler
from pytest_django import Settings

from suoja import asgi


@pytest.fixture(autouse=True)
def hosts(settings: Settings) -> None:
    """Serve one host, and let one site carry the chat."""
    settings.ALLOWED_HOSTS = ["chat.test"]
    settings.SUOJA_FRAME_HOSTS = ["https://organisation.test"]


OWN = [
    ("", "chat.test"),
    ("https://chat.test", "chat.test"),
    ("http://chat.test:8000", "chat.test:8000"),
    ("https://CHAT.test", "chat.test"),
]
FOREIGN = [
    ("https://chat.test:8443", "chat.test"),
    ("https://foreign.test", "chat.test"),
    ("https://chat.test.foreign.test", "chat.test"),
    ("null", "chat.test"),
    ("https://rebound.test", "rebound.test"),
    ("", "rebound.test"),
    ("", ""),
    ("https://organisation.test", "chat.test"),
]


@pytest.mark.safety(38)
@pytest.mark.parametrize(("origin", "host"), OWN)
def test_a_page_of_the_host_itself_is_our_own(origin: str, host: str) -> None:
    assert asgi.is_own(origin, host)


@pytest.mark.safety(38)
@pytest.mark.parametrize(("origin", "host"), FOREIGN)
def test_every_other_page_is_foreign(origin: str, host: str) -> None:
    assert not asgi.is_own(origin, host)


@pytest.mark.safety(38)
def test_only_listed_sites_carry_the_chat() -> None:
    assert asgi.is_host_page("https://organisation.test")
    assert not asgi.is_host_page("https://foreign.test")
    assert not asgi.is_host_page("")


async def answer_of(
    method: str, path: str, scheme: str = "https", content: bytes | AsyncIterator[bytes] = b""
) -> httpx.Response:
    transport = httpx.ASGITransport(asgi.application)
    async with httpx.AsyncClient(transport=transport, base_url=f"{scheme}://chat.test") as client:
        return await client.request(method, path, content=content)


@pytest.mark.safety(34)
@pytest.mark.parametrize("scheme", ["https", "http"])
async def test_an_answer_of_the_core_is_as_strict_as_one_of_djangos(scheme: str) -> None:
    ours = await answer_of("POST", "/live/nothing", scheme)
    djangos = await answer_of("GET", "/robots.txt", scheme)
    same = (
        *("Permissions-Policy", "Strict-Transport-Security", "X-Content-Type-Options"),
        *("Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Cache-Control"),
    )
    assert {name: ours.headers.get_list(name) for name in same} == {
        name: djangos.headers.get_list(name) for name in same
    }
    assert ("Strict-Transport-Security" in ours.headers) is (scheme == "https")


LARGEST = 64 * 1024


async def in_pieces(size: int) -> AsyncIterator[bytes]:
    """Send a body that names no length."""
    for _ in range(size // 1024):
        yield b"x" * 1024


@pytest.mark.safety(38)
@pytest.mark.parametrize("content", [b"x" * (LARGEST + 1), None], ids=["named", "hidden"])
@pytest.mark.parametrize("path", ["/accounts/login/", "/en/console/grant/", "/sv/nothing/"])
async def test_a_page_reads_no_body_without_an_end(
    path: str, content: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ASGIHandler, "run_get_response", None)
    answer = await answer_of("POST", path, content=content or in_pieces(LARGEST + 1024))
    assert (answer.status_code, answer.headers["Connection"]) == (413, "close")


@pytest.mark.safety(34)
async def test_the_page_that_says_so_is_in_ones_language_and_as_strict_as_any_other() -> None:
    answer = await answer_of("POST", "/sv/nothing/", content=b"x" * (LARGEST + 1))
    other = await answer_of("GET", "/sv/nothing/")
    assert "Det här var för stort att skicka" in answer.text
    own = {"connection", "content-length", "referrer-policy"}
    assert {name: value for name, value in answer.headers.items() if name not in own} == {
        name: value for name, value in other.headers.items() if name not in own
    }
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("content", [b"x" * LARGEST, None], ids=["named", "hidden"])
async def test_a_page_reads_a_body_up_to_there(content: bytes | None) -> None:
    answer = await answer_of("POST", "/robots.txt", content=content or in_pieces(LARGEST))
    assert answer.status_code == 403  # It was read, and came without the token that Django asks for.


async def test_what_is_under_live_never_reaches_django() -> None:
    transport = httpx.ASGITransport(asgi.application)
    async with httpx.AsyncClient(transport=transport, base_url="https://chat.test") as client:
        answer = await client.post("/live/nothing", json={})
    assert answer.status_code == 404
    assert json.loads(answer.content) == {"error": "unknown_command"}
