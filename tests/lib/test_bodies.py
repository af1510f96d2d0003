from typing import Any

import pytest

from suoja.lib.bodies import BoundedBodies, named_length
from suoja.lib.headers import Receive, Scope, Send


class Reader:
    """An application that reads its whole body, and remembers what it got."""

    def __init__(self, *, answers_first: bool = False) -> None:
        self.answers_first, self.got = answers_first, b""

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        if self.answers_first:
            await send({"type": "http.response.start", "status": 200, "headers": []})
        while (message := await receive())["type"] != "http.disconnect":
            self.got += message["body"]
            if not message["more_body"]:
                await send({"type": "http.response.start", "status": 200, "headers": []})
                return


async def served(reader: Reader, *pieces: bytes, length: bytes = b"") -> tuple[list[Any], int]:
    """Send a body in pieces; return what is answered and how many pieces were read."""
    sent: list[Any] = []
    waiting = list(pieces)

    async def receive() -> dict[str, Any]:
        body = waiting.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(waiting)}

    async def send(message: Any) -> None:  # noqa: ANN401  # Of any shape, as ASGI has them.
        sent.append(message)

    headers = [(b"content-length", length)] if length else []
    await BoundedBodies(reader, 10, lambda _: ([], b"Chat: 112"))({"headers": headers}, receive, send)
    return sent, len(pieces) - len(waiting)


async def test_a_body_up_to_the_bound_is_read() -> None:
    reader = Reader()
    sent, _ = await served(reader, b"12345", b"67890", length=b"10")
    assert reader.got == b"1234567890"
    assert [message["status"] for message in sent] == [200]


@pytest.mark.safety(38)
async def test_a_body_that_says_to_be_larger_is_refused_unread() -> None:
    reader = Reader()
    sent, read = await served(reader, b"12345678901", length=b"11")
    assert (sent[0]["status"], sent[1]["body"], reader.got, read) == (413, b"Chat: 112", b"", 0)


@pytest.mark.safety(38)
async def test_a_body_that_hides_its_length_is_refused_as_soon_as_it_is_larger() -> None:
    reader = Reader()
    sent, read = await served(reader, *[b"12345"] * 100)
    assert (sent[0]["status"], len(reader.got), read) == (413, 10, 3)


async def test_what_has_been_answered_is_not_answered_again() -> None:
    sent, _ = await served(Reader(answers_first=True), *[b"12345"] * 100)
    assert [message["status"] for message in sent] == [200]


@pytest.mark.parametrize(("value", "length"), [(b"12", 12), (b"", 0), (b"-1", 0), (b"many", 0)])
def test_a_length_is_a_number(value: bytes, length: int) -> None:
    assert named_length({"headers": [(b"content-length", value)]}) == length
