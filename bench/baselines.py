"""The crowds of the baselines: the same people with the same messages, at servers that know no beginning of a talk."""

import asyncio

from bench.connections import Commands, connect_stream, request
from bench.people import OverPost, OverWebSocket, Run
from bench.talks import each
from bench.websockets import WebSocket


class Relayed(OverPost):
    """Somebody at the relay of the same transport."""

    async def connect(self, address: tuple[str, int]) -> None:
        """Open both connections."""
        token = f"{self.index // 2}.{self.index}"
        self.commands = Commands(address)
        opening = request("/live/events", token, b"{}")
        self.stream = await connect_stream(address, opening, self.heard, lambda _status, _body: None)
        self.speaks(token, b'{"epoch":1,"conversation":"conversation0000","messages":[')


class Socketed(OverWebSocket):
    """Somebody at a WebSocket server."""

    async def connect(self, address: tuple[str, int]) -> None:
        """Open the connection."""
        path = f"/{self.index // 2}/{self.index}"
        loop = asyncio.get_running_loop()
        _, self.socket = await loop.create_connection(lambda: WebSocket(path, self.heard), *address)
        await self.socket.opened()


class Channelled(Socketed):
    """Somebody at the Channels server, which numbers all talks together."""

    is_numbered = False


async def gathered(
    kind: type[Relayed | Socketed], address: tuple[str, int], talks: int, run: Run
) -> list[Relayed | Socketed]:
    """Return both sides of so many talks, connected."""
    people = [kind(index, run) for index in range(2 * talks)]
    await each(people, lambda person: person.connect(address))
    return people
