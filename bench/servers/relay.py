"""The baseline of the same transport: `POST` and event stream, two to a talk, nothing checked, nothing stored."""

import asyncio
from collections import defaultdict

from bench.servers.words import Numbers, Said, answer, decode_say, encode
from suoja.lib.headers import Receive, Scope, Send

_BEARER = len(b"Bearer ")


class Talk:
    """Two streams and a count."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.newest = 0
        self.streams: list[asyncio.Queue[bytes]] = []


talks: defaultdict[str, Talk] = defaultdict(Talk)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one request."""
    token = next((value for name, value in scope["headers"] if name == b"authorization"), b"")[_BEARER:].decode()
    code = token.partition(".")[0]
    if scope["path"] == "/live/say":
        await _say(talks[code], token, receive, send)
    elif scope["path"] == "/live/events":
        await _stream(talks[code], receive, send)
    else:
        await answer(send, 404)


async def _say(talk: Talk, sender: str, receive: Receive, send: Send) -> None:
    body = bytearray()
    while True:
        message = await receive()
        body += message["body"]
        if not message["more_body"]:
            break
    numbers = []
    for said in decode_say(body).messages:
        talk.newest += 1
        numbers.append(talk.newest)
        event = b"data: " + encode(Said("talk", talk.newest, sender, said.id, said.sealed)) + b"\n\n"
        for stream in talk.streams:
            stream.put_nowait(event)
    await answer(send, 200, encode(Numbers(numbers)))


async def _stream(talk: Talk, receive: Receive, send: Send) -> None:
    stream: asyncio.Queue[bytes] = asyncio.Queue()
    talk.streams.append(stream)
    headers = [(b"content-type", b"text/event-stream")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"data: {}\n\n", "more_body": True})
    gone = asyncio.ensure_future(_is_gone(receive, stream))
    while piece := await stream.get():
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    talk.streams.remove(stream)
    await gone


async def _is_gone(receive: Receive, stream: "asyncio.Queue[bytes]") -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.put_nowait(b"")
