from typing import Any

from suoja.lib.headers import adding, transport


def test_browsers_are_told_to_come_by_https_alone() -> None:
    assert transport(60, subdomains=True, preload=True) == [
        (b"strict-transport-security", b"max-age=60; includeSubDomains; preload")
    ]
    assert transport(60, subdomains=False, preload=False) == [(b"strict-transport-security", b"max-age=60")]
    assert transport(0, subdomains=True, preload=True) == []


async def test_headers_are_added_to_the_start_of_an_answer_alone() -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:  # noqa: ANN401  # Of any shape, as ASGI has them.
        sent.append(message)

    send_with = adding(send, [(b"b", b"2")])
    await send_with({"type": "http.response.start", "status": 200, "headers": [(b"a", b"1")]})
    await send_with({"type": "http.response.body", "body": b""})
    assert sent[0]["headers"] == [(b"a", b"1"), (b"b", b"2")]
    assert "headers" not in sent[1]
