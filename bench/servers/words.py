"""What the baselines hear and say: the program's own messages, in talks of two that need no beginning."""

import msgspec
from msgspec import Struct

from suoja.lib.headers import Send


class Message(Struct):
    """One sealed message."""

    id: str
    sealed: str


class Say(Struct):
    """What somebody says; whatever else stands in the body is passed over."""

    messages: list[Message]


class Said(Struct, tag="said", tag_field="event"):
    """The event that comes of it."""

    conversation: str
    number: int
    sender: str
    id: str
    sealed: str


class Numbers(Struct):
    """The answer to the sender."""

    numbers: list[int]


decode_say = msgspec.json.Decoder(Say).decode
encode = msgspec.json.encode


async def answer(send: Send, status: int, body: bytes = b"") -> None:
    """Send a whole answer."""
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
