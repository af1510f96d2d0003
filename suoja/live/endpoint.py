"""The core's door: plain ASGI. `POST /live/<command>`, `POST /live/exit`, and the stream at `POST /live/events`.

Checks come cheapest first, and each refusal is a status and a machine code of the one error tree; nothing is written
for a refused request, and a stream never notices it. docs/live-protocol.md is the outside's view of this module.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import msgspec
from msgspec import Struct

from suoja.lib import clock
from suoja.lib.codes import Grant
from suoja.lib.errors import (
    ForeignOrigin,
    LineClosed,
    Malformed,
    SuojaError,
    TooLarge,
    Unauthorised,
    UnknownCommand,
    WrongMethod,
)
from suoja.lib.grants import AnyGrant, ExitGrant, HelperGrant, VisitorGrant
from suoja.lib.headers import Receive, Scope, Send
from suoja.live import doorway
from suoja.live.commands import HANDLERS, Member, leave_quickly
from suoja.live.core import Core
from suoja.live.http import BEACON, STREAM, Request, answer, answer_piece, body_of, is_gone
from suoja.live.hub import Stream
from suoja.live.outlet import Outlet
from suoja.live.session import authorise, check, cost_of, key_of
from suoja.live.streams import open_stream, topic_of
from suoja.live.wire import COMMANDS, Command, Events, Failure, Open

log = logging.getLogger(__name__)

PREFIX = "/live/"
EXIT = "exit"

_HIDDEN = "null"
"""What a browser names as the origin of a page that keeps it to itself."""

IsOwn = Callable[[str, str], bool]
"""(origin or "", host) → whether a request is for us and from a page of ours."""

IsHostPage = Callable[[str], bool]
"""origin or "" → whether a page of this origin may carry the chat."""


class Endpoint:
    """The ASGI application under /live/."""

    def __init__(self, core: Core, is_own: IsOwn, is_host_page: IsHostPage) -> None:
        """Take the core, and who counts as ourselves and as a page that may carry the chat."""
        self.core, self._is_own, self._is_host_page = core, is_own, is_host_page
        self._decoders = {name: msgspec.json.Decoder(kind) for name, kind in COMMANDS.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope, receive)
        name = request.path.removeprefix(PREFIX)
        try:
            await self._serve(name, request, send)
        except SuojaError as error:
            await answer(send, error.status, _failure(error), is_last=isinstance(error, TooLarge))
        except Exception:  # The log says where; the browser learns that it may ask again.
            log.exception("request_failed")
            await answer(send, SuojaError.status, Failure(SuojaError.code))

    async def _serve(self, name: str, request: Request, send: Send) -> None:
        if name not in COMMANDS and name != EXIT:
            raise UnknownCommand
        if request.method != "POST":
            raise WrongMethod
        if name == EXIT:
            await self._exit(request)
            await answer(send, 204, None, common=BEACON)
            return
        command, grant = await self._checked(name, request)
        if isinstance(command, Events) and isinstance(grant, VisitorGrant | HelperGrant):
            await self._events(command, grant, request, send)
            return
        result = await HANDLERS[name](self.core, command, grant)
        await answer(send, 204 if result is None else 200, result)

    # --- checking -------------------------------------------------------------------------------------------------

    async def _checked(self, name: str, request: Request) -> tuple[Command, AnyGrant | None]:
        """Return a command that its bearer may send. Raises what is wrong with the request, whatever the state."""
        if not self._is_own(request.origin, request.host):
            raise ForeignOrigin
        request.check_length()
        if request.content_type != "application/json":
            raise Malformed
        grant = self._grant(name, request)
        command = self._decoded(name, await self._body(request))
        check(command, grant)
        self._pay(command, grant)
        return command, grant

    def _grant(self, name: str, request: Request) -> AnyGrant | None:
        token = request.bearer
        # A stale grant must not keep anybody from opening a new conversation.
        grant = self.core.read_grant(token) if token and name != "open" else None
        authorise(name, grant)
        return grant

    async def _body(self, request: Request) -> bytes:
        """Return the body; whoever sends it drop by drop is not waited for."""
        try:
            async with asyncio.timeout(self.core.limits.body_within):
                return await body_of(request)
        except TimeoutError as error:
            raise Malformed from error

    def _decoded(self, name: str, body: bytes) -> Command:
        try:
            return self._decoders[name].decode(body)
        except msgspec.MsgspecError as error:
            raise Malformed from error

    def _pay(self, command: Command, grant: AnyGrant | None) -> None:
        if isinstance(command, Open):
            self.core.entries.take("open", 1, clock.monotonic())
        elif grant is not None:
            self.core.credits.take(key_of(grant), cost_of(command), clock.monotonic())

    async def _exit(self, request: Request) -> None:
        """The quick exit: always answered alike, for whoever looks on must learn nothing from it.

        It may come from the page that carries the chat, when the frame was silent. Its body is the proof.
        """
        if not self._may_exit(request):
            return
        try:
            request.check_length()
            grant = self.core.read_grant(Grant((await self._body(request)).decode()))
            if not isinstance(grant, ExitGrant):
                raise Unauthorised
            self.core.credits.take(f"exit:{key_of(grant)}", 1, clock.monotonic())
            await leave_quickly(self.core, grant)
        except (SuojaError, UnicodeDecodeError):
            log.info("exit_refused")

    def _may_exit(self, request: Request) -> bool:
        """Tell whether an exit is read at all: from us, from a page that carries the chat, or from one without a name.

        A page with a `no-referrer` policy of its own sends "null". Its origin proves nothing anyway, the grant does.
        """
        origin = request.origin
        return self._is_own(origin, request.host) or self._is_host_page(origin) or origin == _HIDDEN

    # --- the stream -----------------------------------------------------------------------------------------------

    async def _events(self, command: Events, grant: Member, request: Request, send: Send) -> None:
        if command.poll is None:
            stream = await open_stream(self.core, grant, command.epoch)
            request.forget()
            await self._stream(stream, request.receive, send)
        else:
            await answer_piece(send, await self._polled(command, grant, request.receive))

    async def _stream(self, stream: Stream, receive: Receive, send: Send) -> None:
        try:
            await send({"type": "http.response.start", "status": 200, "headers": STREAM})
            await Outlet(stream, send, self.core.writing).run(receive)
        finally:
            self.core.hub.remove(stream)

    async def _polled(self, command: Events, grant: Member, receive: Receive) -> bytes:
        def opens() -> Awaitable[Stream]:
            return open_stream(self.core, grant, command.epoch)

        if command.poll == "begin":
            return await self.core.polls.begin(opens)
        if isinstance(grant, HelperGrant):
            await self.core.show(grant)
        gone = asyncio.ensure_future(is_gone(receive))
        try:
            return await self.core.polls.next(topic_of(grant), command.epoch, opens, gone)
        finally:
            gone.cancel()

    # --- starting and stopping ------------------------------------------------------------------------------------

    async def lifespan(self, receive: Receive, send: Send) -> None:
        """Start the core with the server, and stop it with it."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self._start(send)
            elif message["type"] == "lifespan.shutdown":
                doorway.shut()
                await self.core.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _start(self, send: Send) -> None:
        try:
            await self.core.start()
        except Exception as error:
            log.exception("core_not_started")
            await send({"type": "lifespan.startup.failed", "message": type(error).__name__})
            raise
        doorway.open_for(self.core)
        await send({"type": "lifespan.startup.complete"})


def _failure(error: SuojaError) -> Struct:
    return Failure(error.code, error.reason if isinstance(error, LineClosed) else None)
