"""The core in this process, spoken to as a server would: requests in, answers and streams out. A still cast."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

from suoja.lib.codes import DutyCode, HelperCode
from suoja.lib.errors import UnknownLine
from suoja.lib.grants import GrantSigner, HelperGrant
from suoja.live.core import Core
from suoja.live.endpoint import Endpoint
from suoja.live.journal import Journal
from suoja.live.limits import Limits
from suoja.live.memory import memory_journal
from suoja.live.wire import COMMANDS, Command, OnDuty, Resume, Seated
from tests.live.cast import standing_in

Json: TypeAlias = Any
"""Of any shape: the point of many tests is to send what is wrong."""

SECRET = "a secret of the tests, long enough to be one"  # Not one of the service's.
HOST = "chat.test"
PUBLIC_KEY = "B" * 87
LINES = {"adults": (None, True), "young": (None, False), "shut": ("closed_now", True)}

BODIES: dict[str, dict[str, Any]] = {
    "open": {"line": "adults", "language": "fi", "entry": "ENTRY"},
    "read": {"conversation": "CODE", "after": 0},
    "here": {"positions": {}},
    "say": {"conversation": "CODE", "messages": [{"id": "one", "sealed": "abc"}]},
    "key": {"conversation": "CODE", "recipient": "HELPER", "sealed": "abc", "answers": 2},
    "typing": {"conversation": "CODE", "is_typing": True},
    "end": {"conversation": "CODE"},
    "park": {"conversation": "CODE"},
    "on-duty": {"public_key": PUBLIC_KEY},
    "available": {"is_available": True},
    "accept": {"line": "adults"},
    "close": {"conversation": "CODE"},
}


def body_of(name: str, code: str = "CODE", helper: str = "HELPER") -> dict[str, Any]:
    """Return a well-formed body of a command, of a first page where it is one of somebody who has a seat."""
    text = json.dumps(BODIES.get(name, {})).replace("CODE", code).replace("HELPER", helper)
    body: dict[str, Any] = seated(name, json.loads(text.replace("ENTRY", new_entry())), 1)
    return body


def new_entry() -> str:
    """Return what a browser makes when Start is pressed, or a page when it is loaded."""
    return secrets.token_urlsafe(16)


def seated(name: str, body: Json, epoch: int) -> Json:
    """Return a body with its page's epoch, or as that of a new page, where the command has one and the body hasn't."""
    kind = COMMANDS.get(name, Command)
    if not isinstance(body, dict):
        return body
    if issubclass(kind, Seated):
        return {"epoch": epoch} | body
    return {"page": new_entry()} | body if issubclass(kind, OnDuty | Resume) else body


def line_rule(line: str, _now: datetime) -> tuple[str | None, bool]:
    """Two open lines, one of them not for peers, and a closed one."""
    if line not in LINES:
        raise UnknownLine
    return LINES[line]


class StillClock:
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.instant = datetime(2024, 11, 18, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.instant


@dataclass
class Answer:
    """One HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Json:
        return json.loads(self.body)

    @property
    def error(self) -> str:
        return str(self.json["error"])


@dataclass
class OpenStream:
    """A stream that a test reads event by event."""

    events: "asyncio.Queue[dict[str, Any] | None]"
    task: "asyncio.Task[None]"
    status: int
    headers: dict[str, str]

    async def next(self, kind: str | None = None) -> dict[str, Any]:
        """Return the next event; of one kind, skipping others, when it is named."""
        while True:
            event = await asyncio.wait_for(self.events.get(), 5)
            assert event is not None, "the stream has ended"
            if kind is None or event["event"] == kind:
                return event

    async def rest(self) -> list[dict[str, Any]]:
        """Return everything up to the stream's end."""
        rest = []
        while (event := await asyncio.wait_for(self.events.get(), 5)) is not None:
            rest.append(event)
        return rest


@dataclass
class Service:
    """The endpoint, its core, and ways to speak to it."""

    endpoint: Endpoint
    core: Core
    clock: StillClock
    streams: list[OpenStream] = field(default_factory=list)

    async def post(self, name: str, body: Json = None, grant: str | None = None, **options: Json) -> Answer:
        """Send a request; `body` is JSON unless it is bytes. The page is its seat's first unless `epoch` says which.

        The connection closes after the request, unless `stays`.
        """
        started: dict[str, Any] = {}
        parts = bytearray()

        async def send(message: Json) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
            else:
                parts.extend(message.get("body", b""))

        given = seated(name, {} if body is None else body, options.pop("epoch", 1))
        scope, receive = self._request(name, given, grant, options)
        await self.endpoint(scope, receive, send)
        return Answer(started["status"], _headers(started), bytes(parts))

    @asynccontextmanager
    async def stream(self, grant: str, **options: Json) -> AsyncIterator[OpenStream]:
        """Open the stream of a grant, and close its connection in the end."""
        gone = asyncio.Event()
        events: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        started: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()

        async def send(message: Json) -> None:
            if message["type"] == "http.response.start":
                started.set_result(message)
            for line in message.get("body", b"").split(b"\n\n"):
                if line.startswith(b"data: "):
                    events.put_nowait(json.loads(line.removeprefix(b"data: ")))
            if message["type"] == "http.response.body" and not message.get("more_body"):
                events.put_nowait(None)

        scope, receive = self._request("events", {"epoch": options.pop("epoch", 1)}, grant, options)

        async def receive_then_wait() -> Json:
            message = await receive()
            if message["type"] == "http.disconnect":
                await gone.wait()
            return message

        task = asyncio.create_task(self.endpoint(scope, receive_then_wait, send))
        first = await asyncio.wait_for(asyncio.shield(started), 5)
        try:
            yield OpenStream(events, task, first["status"], _headers(first))
        finally:
            gone.set()
            await asyncio.wait_for(task, 5)

    def _request(self, name: str, body: Json, grant: str | None, options: dict[str, Any]) -> tuple[Json, Json]:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers: dict[str, str | None] = {
            "host": HOST,
            "content-type": "application/json",
            "content-length": str(len(data)),
        }
        headers |= {"authorization": f"Bearer {grant}"} if grant else {}
        headers |= options.get("headers", {})
        pairs = [(key.encode(), value.encode()) for key, value in headers.items() if value is not None]
        path = options.get("path", f"/live/{name}")
        scope = {"type": "http", "method": options.get("method", "POST"), "path": path, "headers": pairs}
        parts = options.get("parts", [data])
        messages = iter(
            {"type": "http.request", "body": part, "more_body": index < len(parts)}
            for index, part in enumerate(parts, start=1)
        )

        async def receive() -> Json:
            if (message := next(messages, None)) is None and options.get("stays"):
                await asyncio.Event().wait()
            return message or {"type": "http.disconnect"}

        return scope, receive

    # --- the cast ---------------------------------------------------------------------------------------------------

    def helper_grant(self, **changes: Json) -> str:
        """Return a professional's grant."""
        given: dict[str, Any] = {
            "duty": DutyCode("duty-of-professional"),
            "helper": HelperCode("professional"),
            "expires": int(self.clock().timestamp()) + 300,
        }
        given |= changes
        return self.core.signer.sign(HelperGrant(standing=standing_in(given), **given))

    def peer_grant(self, **changes: Json) -> str:
        """Return a peer's grant."""
        given = {
            "duty": "duty-of-peer",
            "helper": "peer",
            "role": "peer",
            "names": {"fi": "Chatvertainen Sirpa", "sv": "Kamratstödjare (chatvertainen) Sirpa", "en": "Peer Sirpa"},
        }
        return self.helper_grant(**(given | changes))

    async def on_duty(self, grant: str) -> str:
        """Begin a duty and be available in it."""
        assert (await self.post("on-duty", {"public_key": PUBLIC_KEY}, grant)).status == 200
        assert (await self.post("available", {"is_available": True}, grant)).status == 200
        return grant

    async def visitor(self, line: str = "adults", **wishes: Json) -> dict[str, Any]:
        """Return what a visitor gets who enters a queue."""
        answer = await self.post("open", {"line": line, "language": "fi", "entry": new_entry()} | wishes)
        assert answer.status == 200, answer.body
        opened: dict[str, Any] = answer.json
        return opened

    async def talk(self) -> tuple[dict[str, Any], str, str]:
        """Return a visitor, a professional's grant and the helper's code in the talk that they have just begun."""
        professional = await self.on_duty(self.helper_grant())
        visitor = await self.visitor()
        accepted = await self.post("accept", {"line": "adults"}, professional)
        assert accepted.status == 200, accepted.body
        return visitor, professional, accepted.json["snapshot"]["participant"]


def _headers(message: dict[str, Any]) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in message["headers"]}


def is_own(origin: str, host: str) -> bool:
    """Say that the tests' host is ours."""
    return host == HOST and origin in ("", f"https://{HOST}")


def is_host_page(origin: str) -> bool:
    """Say that one other site carries the chat."""
    return origin == "https://organisation.test"


@asynccontextmanager
async def service(
    limits: Limits | None = None, journal: Callable[[Limits], Journal] | None = None
) -> AsyncIterator[Service]:
    """Run a service for the length of a test."""
    clock, limits = StillClock(), limits or Limits()
    made = journal(limits) if journal else memory_journal(line_rule, limits)
    core = Core(made, GrantSigner(SECRET), limits=limits, now=clock)
    await core.start()
    try:
        yield Service(Endpoint(core, is_own, is_host_page), core, clock)
    finally:
        await core.stop()
