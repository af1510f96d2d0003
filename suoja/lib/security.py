"""Headers that every response carries, and the few ways in which a view may loosen them.

The policy starts from nothing; a view opens what it needs by a decorator, so that a search for the decorators' names
finds every exception.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase

from suoja.lib.headers import PERMISSIONS
from suoja.lib.languages import View, path_without_language

P = ParamSpec("P")

CSP = "Content-Security-Policy"

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}

STAFF_PATHS = ("/accounts/", "/console/", "/admin/")


class SecurityHeaders:
    """Middleware: gives each response the headers that it does not set itself. # safety 34."""

    def __init__(self, get_response: View) -> None:
        """Keep the rest of the chain."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with headers."""
        response = self._get_response(request)
        add_headers(response)
        return response


class StaffHost:
    """Middleware: with SUOJA_STAFF_HOST, helpers' pages exist under that name only."""

    def __init__(self, get_response: View) -> None:
        """Keep the rest of the chain."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, unless a helper's page is asked for under a visitor's host name."""
        is_staff_page = path_without_language(request.path_info).startswith(STAFF_PATHS)
        if settings.SUOJA_STAFF_HOST and is_staff_page and request.get_host() != settings.SUOJA_STAFF_HOST:
            raise Http404
        return self._get_response(request)


def add_headers(response: HttpResponseBase) -> None:
    """Give a response the headers that it does not set itself."""
    headers = response.headers
    headers.setdefault(CSP, policy_text({}))
    headers.setdefault("Permissions-Policy", PERMISSIONS)
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    # A page that answers one person is never kept: not by the browser, not by a proxy on the way.
    headers.setdefault("Cache-Control", "no-store")
    if "frame-ancestors 'none'" in headers[CSP]:
        headers.setdefault("X-Frame-Options", "DENY")


def policy_text(changes: dict[str, str | None], policy: dict[str, str] = POLICY) -> str:
    """Return the policy with some directives changed; None takes a directive away."""
    changed = {**policy, **changes}
    return "; ".join(f"{directive} {value}" for directive, value in changed.items() if value is not None)


def framed(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Let a view's page stand in a frame of the sites in SUOJA_FRAME_HOSTS, and of our own pages. # safety 34."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        ancestors = " ".join(["'self'", *settings.SUOJA_FRAME_HOSTS])
        return _changed(view(*args, **kwargs), {"frame-ancestors": ancestors})

    return answer


def with_frame(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Let a view's page hold a frame of our own: it carries the loader."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return _changed(view(*args, **kwargs), {"frame-src": "'self'"})

    return answer


def without_trusted_types(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Let a page of Django's admin, whose own scripts write HTML, work; no page of a visitor or a talk needs this."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return _changed(view(*args, **kwargs), {"require-trusted-types-for": None, "trusted-types": None})

    return answer


def _changed(response: HttpResponseBase, changes: dict[str, str | None]) -> HttpResponseBase:
    """Change what an inner decorator may have changed already, so that two of them add up."""
    so_far = response.headers.get(CSP, policy_text({}))
    policy = dict(part.strip().split(" ", 1) for part in so_far.split(";"))
    response.headers[CSP] = policy_text(changes, policy)
    return response
