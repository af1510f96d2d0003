"""The one place that puts the parts together: Django for pages, the live core for talks, in one ASGI application."""

import os
import sys
from datetime import datetime
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.db import connections
from django.http.request import split_domain_port, validate_host

from suoja.conversations.actions import grant_signer
from suoja.conversations.journal import SqlStorage
from suoja.lib.bodies import BoundedBodies
from suoja.lib.headers import BARE, Headers, Receive, Scope, Send, adding, transport
from suoja.live.core import Core
from suoja.live.endpoint import PREFIX, Endpoint
from suoja.live.journal import Journal
from suoja.live.limits import limits_of
from suoja.views import too_large

# One process renders pages and carries talks. A thread that renders keeps the interpreter for this long at most:
# with the default of 5 ms, p99 of a message beside a busy page rose from 0.8 to 42 ms; with this it is 5.5 ms.
sys.setswitchinterval(0.0005)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suoja.settings")
django.setup(set_prefix=False)


def line_rule(line: str, now: datetime) -> tuple[str | None, bool]:
    """Ask the lines' own rule."""
    from suoja.lines import access  # noqa: PLC0415  # Models exist only from here on.

    return access.line_rule(line, now)


def is_own(origin: str, host: str) -> bool:
    """Tell whether a request is for us and from a page of ours; a browser names no origin only for our own page.

    The scheme is not compared: behind a proxy that holds the certificate this process sees plain http.
    """
    domain, _ = split_domain_port(host)
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return False
    return not origin or urlsplit(origin).netloc.lower() == host.lower()


def is_host_page(origin: str) -> bool:
    """Tell whether a page may carry the chat: for the exit alone, when its frame was silent."""
    return origin in settings.SUOJA_FRAME_HOSTS


limits = limits_of(settings.SUOJA_LIMITS)
core = Core(Journal(SqlStorage(connections), line_rule, limits), grant_signer(), limits=limits)
endpoint = Endpoint(core, is_own, is_host_page)


def outer_headers(scope: Scope) -> Headers:
    """Return what Django's middleware adds to its own answers over https, for those that Django never sees."""
    seconds = settings.SECURE_HSTS_SECONDS if scope["scheme"] == "https" else 0
    subdomains, preload = settings.SECURE_HSTS_INCLUDE_SUBDOMAINS, settings.SECURE_HSTS_PRELOAD
    return transport(seconds, subdomains=subdomains, preload=preload)


def refusal_of_too_large(scope: Scope) -> tuple[Headers, bytes]:
    """Return what is said of a body that nobody reads: the page of Django's templates, with every header of a page."""
    page = too_large(scope["path"])
    own = [(name.lower().encode(), value.encode()) for name, value in page.headers.items()]
    named = {name for name, _ in own}
    return [*own, *(header for header in BARE if header[0] not in named), *outer_headers(scope)], page.content


# Forms here are short, and uploads do not exist.
pages = BoundedBodies(
    ASGIHandler(),  # type: ignore[arg-type]  # ASGI's own words for the same three.
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    refusal_of_too_large,
)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one connection: talks by the core, everything else by Django."""
    if scope["type"] == "lifespan":
        await endpoint.lifespan(receive, send)
    elif scope["path"].startswith(PREFIX):
        await endpoint(scope, receive, adding(send, outer_headers(scope)))
    else:
        await pages(scope, receive, send)
