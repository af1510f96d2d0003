"""The little HTTP that the core needs."""

import pytest

from suoja.lib.errors import TooLarge
from suoja.live.http import Request


async def nothing() -> dict[str, object]:
    return {"type": "http.disconnect"}


def request(**headers: str) -> Request:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"method": "POST", "path": "/live/say", "headers": pairs}, nothing)


@pytest.mark.parametrize("value", ["Bearer token", "bearer token", "BEARER  token "])
def test_a_bearer_grant_is_found_however_it_is_written(value: str) -> None:
    assert request(authorization=value).bearer == "token"


@pytest.mark.parametrize("value", ["", "token", "Basic token", "Bearertoken"])
def test_nothing_else_is_a_grant(value: str) -> None:
    assert request(authorization=value).bearer == ""


def test_what_is_absent_is_empty() -> None:
    bare = request()
    assert (bare.origin, bare.host, bare.content_type, bare.bearer) == ("", "", "", "")


def test_the_first_of_two_headers_counts() -> None:
    doubled = Request({"method": "POST", "path": "/", "headers": [(b"host", b"one"), (b"host", b"two")]}, nothing)
    assert doubled.host == "one"


def test_what_is_forgotten_is_gone_from_the_servers_own_list_too() -> None:
    headers = [(b"host", b"chat.test"), (b"user-agent", b"a browser's long name")]
    asked = Request({"method": "POST", "path": "/", "headers": headers}, nothing)
    asked.forget()
    assert headers == []
    assert asked.host == ""


def test_a_length_beyond_the_bound_is_refused_before_reading() -> None:
    request(content_length="8192").check_length()
    with pytest.raises(TooLarge):
        request(content_length="8193").check_length()


@pytest.mark.parametrize("length", ["", "-1", "many", "1e9", "٣"])
def test_a_length_that_is_no_number_is_left_to_the_reading(length: str) -> None:
    Request({"method": "POST", "path": "/", "headers": [(b"content-length", length.encode())]}, nothing).check_length()
