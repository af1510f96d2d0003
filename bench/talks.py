"""A thousand talks in the program, begun through its own doors, and kept as browsers keep them."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, TypeAlias, TypeVar

from bench import wire
from bench.connections import Commands, connect_stream
from bench.people import OverPost, Run

Json: TypeAlias = Any
"""An answer of the program, of whatever shape."""

Thing = TypeVar("Thing")
Outcome = TypeVar("Outcome")

_AT_ONCE = 100
_BEGUN_AT = 3
"""Opened, accepted, key: the log of a talk in which nobody has said anything."""

_READY_IN = 60.0
_OK = (200, 204)


class Refused(Exception):
    """The program has refused what a sound browser sends."""


class Talker(OverPost):
    """A browser in a talk: it answers heartbeats, and a visitor's seals the key to who accepts."""

    def __init__(self, index: int, run: Run, token: str, conversation: str = "") -> None:
        """Take a grant."""
        super().__init__(index, run)
        self.token = token
        self.heartbeats = 0
        self.floods = False
        self.conversation = ""
        if conversation:
            self.talks_in(conversation)

    def talks_in(self, conversation: str) -> None:
        """Take a conversation."""
        self.conversation = conversation
        self.speaks(self.token, wire.before_messages(conversation))

    async def connect(self, address: tuple[str, int]) -> None:
        """Open the connection for commands, and the stream."""
        self.commands = Commands(address)
        await self.listen(address)

    async def listen(self, address: tuple[str, int]) -> None:
        """Open the stream."""
        self.stream = await connect_stream(address, wire.call("events", self.token), self.heard, self._ended)

    async def ask(self, name: str, **fields: object) -> Json:
        """Send a command and return its answer. Raises Refused."""
        return taken(await self.commands.ask(wire.call(name, self.token, fields)))

    def heard_other(self, event: bytes) -> None:
        """Hear what is not a message."""
        heard = json.loads(event)
        self.newest = heard.get("number", self.newest)
        if heard["event"] == "heartbeat":
            self.heartbeats += 1
            # The first pace of a talk comes before the helper has read the answer that names it.
            positions = {self.conversation: self.newest} if self.conversation else {}
            self.commands.send(wire.call("here", self.token, {"positions": positions}), self._was_here)
        elif heard["event"] == "accepted" and self.is_visitor:
            self.commands.send(wire.put_key(self.token, self.conversation, heard), self._was_here)

    @property
    def is_visitor(self) -> bool:
        """Tell which side this is: visitors have the even numbers."""
        return self.index % 2 == 0

    def _was_here(self, status: int, body: bytes) -> None:
        # Who floods has no credits left for this either.
        if status not in _OK and not self.floods:
            self.run.ledger.wrong.append(f"an answer to a heartbeat was refused: {status} {body.decode()}")

    def _ended(self, status: int, body: bytes) -> None:
        self.run.ledger.wrong.append(f"a stream ended: {status} {body.decode()}")


async def begin_talks(address: tuple[str, int], count: int, run: Run) -> list[Talker]:
    """Return both sides of so many talks, each connected, each with its key: visitors even, helpers odd."""
    signer = wire.grant_signer()
    helpers = [Talker(2 * place + 1, run, wire.helper_token(signer, place)) for place in range(count)]
    # One on duty is enough for the queue to open; the others come when all visitors wait.
    await _begin_duty(helpers[0], address)
    opened = await each(range(count), lambda _: _opened(address))
    visitors = [Talker(2 * place, run, one["grant"], one["conversation"]) for place, one in enumerate(opened)]
    await each(visitors, lambda visitor: visitor.connect(address))
    await each(helpers[1:], lambda helper: _begin_duty(helper, address))
    await each(helpers, _accept)
    people = [*visitors, *helpers]
    await _ready(people)
    return people


async def _opened(address: tuple[str, int]) -> Json:
    commands = Commands(address)
    try:
        return taken(await commands.ask(wire.open_conversation()))
    finally:
        commands.close()


async def _begin_duty(helper: Talker, address: tuple[str, int]) -> None:
    helper.commands = Commands(address)
    taken(await helper.commands.ask(wire.on_duty(helper.token)))
    await helper.ask("available", is_available=True)
    await helper.listen(address)


async def _accept(helper: Talker) -> None:
    accepted = await helper.ask("accept", line=wire.LINE)
    helper.talks_in(accepted["snapshot"]["conversation"])


async def _ready(people: Sequence[Talker]) -> None:
    """Wait until every log stands where talking begins. Raises Refused with what is missing."""
    for _ in range(int(_READY_IN * 10)):
        if all(person.newest == _BEGUN_AT for person in people):
            return
        await asyncio.sleep(0.1)
    missing = sum(person.newest != _BEGUN_AT for person in people)
    message = f"{missing} talks did not begin; {people[0].run.ledger.wrong[:3]}"
    raise Refused(message)


def taken(answer: tuple[int, bytes]) -> Json:
    """Return what an answer says. Raises Refused."""
    status, body = answer
    if status not in _OK:
        raise Refused(status, body)
    return json.loads(body) if body else None


async def each(things: Iterable[Thing], do: Callable[[Thing], Awaitable[Outcome]]) -> list[Outcome]:
    """Do something with each, a hundred at once; return what came of it, in order."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def through(thing: Thing) -> Outcome:
        async with gate:
            return await do(thing)

    return await asyncio.gather(*(through(thing) for thing in things))
