"""A process that is told to stop is over within five seconds, and every page knows that it may come back."""

import asyncio
import signal
import sqlite3
from pathlib import Path

import pytest

from tests.commands.running import Connection, Program, running

STREAMS = 1_000
PROMISED = 5.0
MANY = "entries_burst=5000 credits_burst=100000"
HTTP_OK = 200
TERM, INT = signal.SIGTERM, signal.SIGINT


async def open_streams(program: Program, count: int) -> list[Connection]:
    """Have so many visitors enter the queue and listen."""
    await program.on_duty()
    streams: list[Connection] = []
    for _ in range(count // 100):
        visitors = await asyncio.gather(*(program.visitor() for _ in range(100)))
        opening = [program.connect("events", {"epoch": 1}, visitor["grant"]) for visitor in visitors]
        streams += await asyncio.gather(*opening)
    await asyncio.gather(*(stream.next("hello") for stream in streams))
    return streams


async def test_a_thousand_streams_are_told_to_come_back_and_the_process_is_over(tmp_path: Path) -> None:
    async with running(tmp_path / "var", MANY) as program:
        streams = await open_streams(program, STREAMS)
        visitor = await program.visitor()
        assert (await program.post("events", {"epoch": 1, "poll": "begin"}, visitor["grant"]))[0] == 200
        polled = await program.connect("events", {"epoch": 1, "poll": "next"}, visitor["grant"])
        await asyncio.sleep(0.1)
        stopping = asyncio.create_task(asyncio.to_thread(program.stop, TERM))
        told = await asyncio.gather(*(stream.rest() for stream in streams))
        assert {kinds[-1] for kinds in told} == {"bye"}
        assert {stream.told[-1]["code"] for stream in streams} == {"restart"}
        assert (await polled.next("bye"))["may_return"]
        assert await stopping < PROMISED


@pytest.mark.parametrize("signals", [(TERM, TERM), (INT, INT), (INT, TERM, INT)], ids=str)
async def test_a_second_signal_changes_nothing(tmp_path: Path, signals: tuple[signal.Signals, ...]) -> None:
    async with running(tmp_path / "var", MANY) as program:
        streams = await open_streams(program, 100)
        took = await asyncio.to_thread(program.stop, *signals)
        assert {(await stream.rest())[-1] for stream in streams} == {"bye"}
        assert took < PROMISED


async def test_a_reader_that_takes_nothing_does_not_hold_it(tmp_path: Path) -> None:
    async with running(tmp_path / "var", MANY) as program:
        professional = await program.on_duty()
        visitor = await program.visitor()
        assert (await program.post("accept", {"line": "adults", "epoch": 1}, professional))[0] == 200
        stuck = await program.connect("events", {"epoch": 1}, visitor["grant"])
        stuck.writer.transport.pause_reading()  # type: ignore[attr-defined]  # Of a socket's transport.
        for number in range(200):
            messages = [{"id": f"{number}", "sealed": "x" * 6000}]
            body = {"epoch": 1, "conversation": visitor["conversation"], "messages": messages}
            assert (await program.post("say", body, professional))[0] == 200
        assert await asyncio.to_thread(program.stop, TERM) < PROMISED


@pytest.mark.parametrize("sent", [TERM, INT], ids=str)
async def test_a_store_that_hangs_does_not_hold_it_and_nobody_is_told_of_what_is_not_there(
    tmp_path: Path, sent: signal.Signals
) -> None:
    async with running(tmp_path / "var", MANY) as program:
        await program.on_duty()
        visitors = [await program.visitor(), await program.visitor()]
        with sqlite3.connect(program.var / "talks.sqlite3", isolation_level=None) as holder:
            holder.execute("BEGIN IMMEDIATE")
            endings = []
            # One after the other, so that each waits for the store by itself: together longer than was promised.
            for visitor in visitors:
                body = {"epoch": 1, "conversation": visitor["conversation"]}
                endings.append(asyncio.create_task(program.post("end", body, visitor["grant"])))
                await asyncio.sleep(0.2)
            assert await asyncio.to_thread(program.stop, sent) < PROMISED
            holder.execute("ROLLBACK")
            answers = await asyncio.gather(*endings, return_exceptions=True)
            assert not any(isinstance(answer, tuple) and answer[0] == HTTP_OK for answer in answers)
            rows = holder.execute("SELECT state FROM conversations_conversation").fetchall()
        holder.close()
    assert rows == [("waiting",), ("waiting",)]
