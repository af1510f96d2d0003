"""The program in a process of its own, spoken to over sockets as a browser's connection would."""

import asyncio
import hashlib
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from suoja.lib.codes import DutyCode, HelperCode
from suoja.lib.grants import GrantSigner, HelperGrant
from tests.live.cast import PUBLIC_KEY, STANDING
from tests.programs import free_port

START_SECONDS = 40


@dataclass
class Connection:
    """One open request: what comes on it is read event by event, or not at all."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    told: list[dict[str, Any]] = field(default_factory=list)

    async def next(self, kind: str) -> dict[str, Any]:
        """Return the next event of a kind."""
        while True:
            event = await asyncio.wait_for(self._event(), 10)
            assert event is not None, f"the stream has ended before {kind}: {self.told}"
            if event["event"] == kind:
                return event

    async def rest(self) -> list[str]:
        """Return the kinds of everything up to the end."""
        while await asyncio.wait_for(self._event(), 10) is not None:
            pass
        return [event["event"] for event in self.told]

    async def _event(self) -> dict[str, Any] | None:
        while line := await self.reader.readline():
            if line.startswith(b"data: "):
                event: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
                self.told.append(event)
                return event
            if line == b"0\r\n":
                return None
        return None


@dataclass
class Program:
    """A demo that runs, and grants that it believes."""

    process: subprocess.Popen[bytes]
    var: Path
    port: int
    connections: list[Connection] = field(default_factory=list)

    def helper_grant(self, duty: str = "duty") -> str:
        """Return a professional's grant, as the console's session would be given it."""
        key = (self.var / "secret-key").read_text(encoding="utf-8").strip()
        inner = hashlib.sha512(key.encode()).digest()
        secret = hashlib.blake2b(inner, digest_size=32, person=b"grant secret").hexdigest()
        grant = HelperGrant(DutyCode(duty), HelperCode(duty), STANDING, int(time.time()) + 600)
        return GrantSigner(secret).sign(grant)

    async def connect(self, name: str, body: dict[str, Any], grant: str | None = None) -> Connection:
        """Send a request and leave its answer to be read."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self.request(name, body, grant))
        self.connections.append(Connection(reader, writer))
        return self.connections[-1]

    def request(self, name: str, body: dict[str, Any], grant: str | None = None) -> bytes:
        """Return a request's bytes."""
        data = json.dumps(body).encode()
        head = [
            f"POST /live/{name} HTTP/1.1",
            f"host: 127.0.0.1:{self.port}",
            "content-type: application/json",
            f"content-length: {len(data)}",
            *([f"authorization: Bearer {grant}"] if grant else []),
        ]
        return "\r\n".join([*head, "", ""]).encode() + data

    async def post(self, name: str, body: dict[str, Any], grant: str | None = None) -> tuple[int, bytes]:
        """Return a request's status and body."""
        connection = await self.connect(name, body, grant)
        head = (await connection.reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = head.partition("content-length:")[2].partition("\r\n")[0].strip()
        content = await connection.reader.readexactly(int(length or 0))
        connection.writer.transport.abort()
        self.connections.remove(connection)
        return int(head.split()[1]), content

    async def on_duty(self) -> str:
        """Return the grant of a helper who is available."""
        grant = self.helper_grant()
        for name, body in (
            ("on-duty", {"public_key": PUBLIC_KEY, "page": secrets.token_urlsafe(16)}),
            ("available", {"is_available": True, "epoch": 1}),
        ):
            status, answer = await self.post(name, body, grant)
            assert status == 200, answer
        return grant

    async def visitor(self) -> dict[str, Any]:
        """Return what a visitor gets who enters the queue."""
        body = {"line": "adults", "language": "fi", "entry": secrets.token_urlsafe(16)}
        status, answer = await self.post("open", body)
        assert status == 200, answer
        opened: dict[str, Any] = json.loads(answer)
        return opened

    def stop(self, *signals: signal.Signals) -> float:
        """Send signals; return how many seconds the process then takes to be over."""
        began = time.monotonic()
        for sent in signals:
            self.process.send_signal(sent)
            time.sleep(0.05)
        self.process.wait(20)
        return time.monotonic() - began

    def resident_kilobytes(self) -> int:
        """Return how much memory the process holds."""
        text = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(text.partition("VmRSS:")[2].split()[0])


@asynccontextmanager
async def running(var: Path, limits: str = "") -> AsyncIterator[Program]:
    """Run a demo for the length of a block, with limits as they are written in SUOJA_LIMITS."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SUOJA_")}
    port = free_port()
    with (var.parent / "told.txt").open("ab") as out:
        process = subprocess.Popen(  # noqa: ASYNC220  # It starts in the time of one fork.
            [sys.executable, "-m", "suoja.cli", "demo"],
            env={**environment, "SUOJA_VAR": str(var), "PORT": str(port), "SUOJA_LIMITS": limits},
            stdout=out,
            stderr=out,
        )
    program = Program(process, var, port)
    try:
        await _until_it_serves(program)
        yield program
    finally:
        process.kill()
        process.wait(20)
        for connection in program.connections:
            connection.writer.transport.abort()


async def _until_it_serves(program: Program) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and program.process.poll() is None:
        try:
            if (await program.post("nothing", {}))[0] == HTTP_NOT_FOUND:
                return
        except OSError:
            await asyncio.sleep(0.1)
    raise AssertionError((program.var.parent / "told.txt").read_text(encoding="utf-8"))


HTTP_NOT_FOUND = 404
