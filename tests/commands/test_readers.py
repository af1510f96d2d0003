"""Readers that are slow, stuck or vanished, on real connections: little is held for them, and nobody notices."""

import asyncio
import socket
import struct
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import Connection, Program, running

LIMITS = "send_within=1 gone_after=0.5 credits_burst=100000 stream_bytes=131072"
LARGE = "x" * 6000


async def talk(program: Program) -> tuple[dict[str, Any], str]:
    """Return a visitor and the grant of the helper who has accepted them."""
    professional = await program.on_duty()
    visitor = await program.visitor()
    assert (await program.post("accept", {"line": "adults", "epoch": 1}, professional))[0] == 200
    return visitor, professional


async def say(program: Program, visitor: dict[str, Any], grant: str, numbers: range) -> None:
    """Say something large so many times."""
    for number in numbers:
        message = {"id": f"{number}", "sealed": LARGE}
        body = {"epoch": 1, "conversation": visitor["conversation"], "messages": [message]}
        status, answer = await program.post("say", body, grant)
        assert status == 200, answer


async def stuck_reader(program: Program, grant: str) -> socket.socket:
    """Open a stream and read nothing of it."""
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    holder.setblocking(False)  # noqa: FBT003  # The library's signature.
    loop = asyncio.get_running_loop()
    await loop.sock_connect(holder, ("127.0.0.1", program.port))
    await loop.sock_sendall(holder, program.request("events", {"epoch": 1}, grant))
    await asyncio.sleep(0.1)
    return holder


async def unreachable(stream: Connection) -> None:
    """Wait until the other side is said to be unreachable."""
    while (await stream.next("presence"))["state"] != "unreachable":
        pass


def open_files(program: Program) -> int:
    return len(list(Path(f"/proc/{program.process.pid}/fd").iterdir()))


@pytest.mark.safety(38)
async def test_a_reader_that_stops_reading_is_let_go_and_the_others_notice_nothing(tmp_path: Path) -> None:
    async with running(tmp_path / "var", LIMITS) as program:
        visitor, professional = await talk(program)
        ours = await program.connect("events", {"epoch": 1}, professional)
        await ours.next("hello")
        files = open_files(program)
        with await stuck_reader(program, visitor["grant"]):
            assert open_files(program) == files + 1
            said = asyncio.create_task(say(program, visitor, professional, range(150)))
            heard = [(await ours.next("said"))["number"] for _ in range(150)]
            assert heard == list(range(3, 153))
            await said
            await unreachable(ours)
            async with asyncio.timeout(15):
                while open_files(program) > files:  # noqa: ASYNC110  # Another process does it.
                    await asyncio.sleep(0.1)
        # The one whom it happened to comes back, and has everything.
        again = await program.connect("events", {"epoch": 1}, visitor["grant"])
        assert (await again.next("hello"))["conversations"][0]["newest"] == 152


@pytest.mark.safety(38)
async def test_what_a_stuck_reader_is_sent_is_not_piled_up(tmp_path: Path) -> None:
    async with running(tmp_path / "var", LIMITS.replace("send_within=1", "send_within=30")) as program:
        visitor, professional = await talk(program)
        await say(program, visitor, professional, range(200))
        before = program.resident_kilobytes()
        with await stuck_reader(program, visitor["grant"]):
            await say(program, visitor, professional, range(200, 1_600))
            sent = 1_400 * len(LARGE) // 1024
            assert sent > 8_000
            assert program.resident_kilobytes() - before < sent / 2


@pytest.mark.safety(38)
async def test_a_reader_that_vanishes_is_forgotten(tmp_path: Path) -> None:
    async with running(tmp_path / "var", LIMITS) as program:
        visitor, professional = await talk(program)
        ours = await program.connect("events", {"epoch": 1}, professional)
        await ours.next("hello")
        files = open_files(program)
        holder = await stuck_reader(program, visitor["grant"])
        # Closed without a word: the other end learns of it by a reset, as from a phone that has come back to life.
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        holder.close()
        await unreachable(ours)
        assert open_files(program) == files


async def test_a_poll_is_a_whole_answer_on_a_connection_that_stays_open(tmp_path: Path) -> None:
    async with running(tmp_path / "var", "poll_within=0.3") as program:
        visitor, professional = await talk(program)
        polling = await program.connect("events", {"epoch": 1, "poll": "begin"}, visitor["grant"])
        assert await piece(polling) == ["hello", "presence"]
        polling.writer.write(program.request("events", {"epoch": 1, "poll": "next"}, visitor["grant"]))
        assert await piece(polling) == []
        polling.writer.write(program.request("events", {"epoch": 1, "poll": "next"}, visitor["grant"]))
        await say(program, visitor, professional, range(1))
        assert await piece(polling) == ["said"]


async def piece(connection: Connection) -> list[str]:
    """Return the kinds of the events in one whole answer."""
    head = (await asyncio.wait_for(connection.reader.readuntil(b"\r\n\r\n"), 10)).decode().lower()
    assert "content-type: text/event-stream" in head
    assert "transfer-encoding" not in head
    length = int(head.partition("content-length:")[2].partition("\r\n")[0])
    body = (await connection.reader.readexactly(length)).decode()
    return [part.split('"')[3] for part in body.split("\n\n") if part]
