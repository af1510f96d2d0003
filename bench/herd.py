"""Ten thousand who wait: what each costs in memory, and how soon all are back when the server was killed under them.

Each keeps its place and its stream, answers its heartbeats over a few shared connections (as behind a reverse proxy),
and comes back by the shipped browser's rule.
"""

import asyncio
import contextlib
import errno
import json
import random
import socket
from time import perf_counter

from bench import wire
from bench.connections import Commands, EventStream
from bench.talks import Refused, each, taken

_POOL = 50
_FIRST_SECONDS, _CAP_SECONDS, _GROWTH = 1.0, 30.0, 1.5
_JITTER = random.Random(8)  # noqa: S311  # Spreads the returning; no secret.


class Herd:
    """Everybody who waits, and the connections that they share for what is no stream."""

    def __init__(self, address: tuple[str, int]) -> None:
        """Take where the server is."""
        self.address = address
        self.waiting: list[Waiting] = []
        self.pool: list[Commands] = []
        self.tries = 0
        self.wrong: list[str] = []

    async def enter(self, count: int) -> None:
        """Let so many more into the queue, each with a stream."""
        if not self.pool:
            self.pool = [Commands(self.address) for _ in range(_POOL)]
        self.waiting += await each(range(count), self._entered)
        await self.all_back(60.0)

    async def all_back(self, within: float) -> float:
        """Wait until everybody has a greeting; return the instant of the last. Raises Refused with how many miss it."""
        deadline = perf_counter() + within
        while missing := sum(not one.is_greeted for one in self.waiting):
            if perf_counter() > deadline:
                message = f"{missing} of {len(self.waiting)} have no greeting; {self.wrong[:3]}"
                raise Refused(message)
            await asyncio.sleep(0.02)
        return max(one.greeted_at for one in self.waiting)

    async def first_connection(self) -> float:
        """Return the instant at which the server takes a connection again."""
        while True:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection(*self.address)
                writer.close()
                return perf_counter()
            await asyncio.sleep(0.05)

    def close(self) -> None:
        """Let everybody go."""
        for one in self.waiting:
            one.leave()
        for commands in self.pool:
            commands.close()

    async def _entered(self, place: int) -> "Waiting":
        opened = taken(await self.pool[place % _POOL].ask(wire.open_conversation()))
        one = Waiting(self, opened["grant"], opened["conversation"])
        one.come()
        return one


class Waiting:
    """One visitor who waits."""

    __slots__ = ("_bound", "_opening", "_stream", "conversation", "greeted_at", "herd", "is_greeted", "place", "token")

    def __init__(self, herd: Herd, token: str, conversation: str) -> None:
        """Take a grant."""
        self.herd, self.token, self.conversation = herd, token, conversation
        self._opening = wire.call("events", token)
        self._stream: EventStream | None = None
        self._bound = _FIRST_SECONDS
        self.is_greeted = False
        self.greeted_at = 0.0
        self.place: int | None = None

    def come(self) -> None:
        """Try to open the stream."""
        self.herd.tries += 1
        connection = socket.socket()
        connection.setblocking(False)  # noqa: FBT003  # Its only argument.
        # On this machine's own interface a refusal is there at once, and costs the driver no task.
        code = connection.connect_ex(self.herd.address)
        if code in {0, errno.EINPROGRESS}:
            asyncio.ensure_future(self._open(connection, code)).add_done_callback(self._opened)
        else:
            connection.close()
            self._come_later()

    def leave(self) -> None:
        """Close the stream."""
        if self._stream is not None:
            self._stream.close()

    async def _open(self, connection: socket.socket, code: int) -> None:
        loop = asyncio.get_running_loop()
        if code:
            await _connected(connection)
        _, self._stream = await loop.create_connection(
            lambda: EventStream(self._opening, self._heard, self._over), sock=connection
        )

    def _opened(self, opening: "asyncio.Future[None]") -> None:
        if opening.exception() is not None:
            self._come_later()

    def _over(self, status: int, body: bytes) -> None:
        """Come back after a pause, as the shipped browser does. A refusal with a status would be the server's fault."""
        self.is_greeted = False
        if status:
            self.herd.wrong.append(f"{status} {body.decode()}")
        self._come_later()

    def _come_later(self) -> None:
        asyncio.get_running_loop().call_later(_JITTER.random() * self._bound, self.come)
        self._bound = min(_CAP_SECONDS, self._bound * _GROWTH)

    def _heard(self, event: bytes) -> None:
        if event.startswith(b'{"event":"hello"'):
            self._greeted(json.loads(event)["conversations"])
        elif event.startswith(b'{"event":"queue"'):
            self.place = json.loads(event)["place"]
        elif event.startswith(b'{"event":"heartbeat"'):
            shared = self.herd.pool[hash(self.token) % _POOL]
            shared.send(wire.call("here", self.token, {"positions": {}}), self._was_here)

    def _greeted(self, conversations: list[dict[str, object]]) -> None:
        if [(one["conversation"], one["state"]) for one in conversations] != [(self.conversation, "waiting")]:
            self.herd.wrong.append(f"greeted with {conversations}")
        self.is_greeted, self.greeted_at = True, perf_counter()
        self._bound = _FIRST_SECONDS

    def _was_here(self, status: int, body: bytes) -> None:
        # Status 0: the server was killed before it answered.
        if status not in {0, 204}:
            self.herd.wrong.append(f"an answer to a heartbeat was refused: {status} {body.decode()}")


async def _connected(connection: socket.socket) -> None:
    """Wait until a connection that is under way has come to something. Raises OSError when that is nothing."""
    loop = asyncio.get_running_loop()
    writable = loop.create_future()
    loop.add_writer(connection.fileno(), writable.set_result, None)
    try:
        await writable
    finally:
        loop.remove_writer(connection.fileno())
    if code := connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
        connection.close()
        raise OSError(code, "not connected")
