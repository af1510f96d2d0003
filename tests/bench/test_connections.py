"""The driver's raw parsing: whatever pieces the bytes come in, each answer and each event is heard once and whole."""

import asyncio
from typing import cast

import pytest

from bench.connections import Commands, EventStream, request
from bench.websockets import WebSocket, frame

ANSWER = b'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 15\r\n\r\n{"numbers":[7]}'
EMPTY = b"HTTP/1.1 204 No Content\r\nx: y\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"


class Wire(asyncio.Transport):
    """A transport that keeps what was written."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written.append(bytes(data))

    def abort(self) -> None:
        """Nothing to let go of."""


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def chunk(events: bytes) -> bytes:
    return f"{len(events):x}\r\n".encode() + events + b"\r\n"


@pytest.mark.parametrize("size", [1, 7, 1000])
async def test_answers_come_one_after_the_other(size: int) -> None:
    commands, wire, heard = Commands(("127.0.0.1", 1)), Wire(), list[tuple[int, bytes]]()
    commands.connection_made(wire)
    commands.send(b"first", lambda status, body: heard.append((status, body)))
    commands.send(b"second", lambda status, body: heard.append((status, body)))
    assert wire.written == [b"first"]
    for piece in pieces(ANSWER, size):
        commands.data_received(piece)
    assert wire.written == [b"first", b"second"]
    for piece in pieces(EMPTY, size):
        commands.data_received(piece)
    assert heard == [(200, b'{"numbers":[7]}'), (204, b"")]


@pytest.mark.parametrize("size", [1, 5, 1000])
def test_events_are_heard_without_their_framing(size: int) -> None:
    heard: list[bytes] = []
    stream, wire = EventStream(b"opening", heard.append, lambda _status, _body: None), Wire()
    stream.connection_made(wire)
    for piece in pieces(HEAD + chunk(b'data: {"a":1}\n\ndata: {"b":2}\n\n') + chunk(b'data: {"c":3}\n\n'), size):
        stream.data_received(piece)
    assert wire.written == [b"opening"]
    assert heard == [b'{"a":1}', b'{"b":2}', b'{"c":3}']


def test_a_refused_stream_says_with_what() -> None:
    heard: list[bytes] = []
    over: list[tuple[int, bytes]] = []
    stream = EventStream(b"opening", heard.append, lambda status, body: over.append((status, body)))
    stream.connection_made(Wire())
    stream.data_received(b'HTTP/1.1 409 Conflict\r\ncontent-length: 22\r\n\r\n{"error":"superseded"}')
    assert over == [(409, b'{"error":"superseded"}')]
    assert heard == []


def test_a_request_says_how_long_it_is() -> None:
    assert request("/live/say", "token", b"{}").endswith(b"authorization: Bearer token\r\ncontent-length: 2\r\n\r\n{}")
    assert b"authorization" not in request("/live/open", "", b"{}")


@pytest.mark.parametrize("size", [1, 3, 1000])
async def test_texts_of_a_websocket_are_heard_whole(size: int) -> None:
    heard: list[bytes] = []
    socket = WebSocket("/1/2", heard.append)
    socket.connection_made(Wire())
    long = b"x" * 1500
    frames = b"\x81\x02hi" + b"\x89\x00" + b"\x81\x7e\x05\xdc" + long + b"\x81\x02yo"
    for piece in pieces(b"HTTP/1.1 101 Switching Protocols\r\n\r\n" + frames, size):
        socket.data_received(piece)
    await socket.opened()
    assert heard == [b"hi", long, b"yo"]


@pytest.mark.parametrize("length", [2, 125, 126, 1500])
def test_a_frame_is_masked_and_says_how_long_it_is(length: int) -> None:
    text = b"x" * length
    framed = frame(text)
    head = 6 if length <= 125 else 8
    assert framed[0] == 0x81
    assert framed[1] & 0x80
    assert framed[head:] == text


async def test_a_closed_websocket_is_not_open() -> None:
    socket = WebSocket("/1/2", lambda _text: None)
    socket.connection_made(cast("asyncio.BaseTransport", Wire()))
    socket.connection_lost(None)
    with pytest.raises(ConnectionError):
        await socket.opened()
