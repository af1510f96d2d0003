"""A bound on request bodies, before whatever reads them: Django spools a body to the disk, however long it is.

The bound is asked of the length that a request names and, when it names none or a false one, of what has come.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from suoja.lib.headers import Headers, Receive, Scope, Send

Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Refusal = Callable[[Scope], tuple[Headers, bytes]]

TOO_LARGE = 413


class BoundedBodies:
    """An ASGI application whose requests have bodies of a bounded size; a larger one gets 413 and its reason."""

    def __init__(self, application: Application, largest: int, refusal: Refusal) -> None:
        """Take what is served, how many bytes a body may have, and what is said instead of serving a larger one."""
        self._application, self._largest, self._refusal = application, largest, refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it without reading on."""
        body = _Body(receive, send, self._largest)
        if named_length(scope) <= self._largest:
            await self._application(scope, body.receive, body.send)
            if not body.is_too_large or body.is_answered:
                return
        await self._refuse(scope, send)

    async def _refuse(self, scope: Scope, send: Send) -> None:
        headers, said = self._refusal(scope)
        length = (b"content-length", str(len(said)).encode())
        # What was not read of the request is not waited for.
        closes = (b"connection", b"close")
        await send({"type": "http.response.start", "status": TOO_LARGE, "headers": [*headers, length, closes]})
        await send({"type": "http.response.body", "body": said})


class _Body:
    """Counts what comes. To the application a body that is too large is a connection that was closed in mid-body."""

    def __init__(self, receive: Receive, send: Send, largest: int) -> None:
        self._receive, self._send, self._room = receive, send, largest
        self.is_answered = False

    @property
    def is_too_large(self) -> bool:
        return self._room < 0

    async def receive(self) -> MutableMapping[str, Any]:
        if not self.is_too_large:
            message = await self._receive()
            self._room -= len(message.get("body", b""))
            if not self.is_too_large:
                return message
        return {"type": "http.disconnect"}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        self.is_answered = True
        await self._send(message)


def named_length(scope: Scope) -> int:
    """Return the length that a request names for its body; 0 when it names none."""
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return max((int(value) for value in lengths if value.isdigit()), default=0)
