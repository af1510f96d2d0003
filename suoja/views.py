"""What belongs to no room: whether the service can serve, and pages for when something can't be shown."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext, override
from django.views.decorators.http import require_safe

from suoja.health import Health, reason_not_to_serve
from suoja.lib.answers import json_answer
from suoja.lib.languages import language_of_path
from suoja.lib.security import add_headers

ROBOTS = "User-agent: *\nDisallow: /accounts/\nDisallow: /console/\nDisallow: /admin/\nDisallow: /embed/\n"

# When even a template can't be rendered, the one number that always matters is still said.
BARE = "Chat: 112"


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Say whether this process can serve: 200, or 503 with the reason."""
    reason = reason_not_to_serve()
    if reason:
        return json_answer(Health(status="unavailable", reason=reason), HTTPStatus.SERVICE_UNAVAILABLE)
    return json_answer(Health(status="ok"))


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Keep helpers' pages out of what search engines list."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature.
    """Answer for an address that does not exist; the page does not repeat it."""
    return _page(request, HTTPStatus.NOT_FOUND)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature.
    """Answer for a page that is for others."""
    return _page(request, HTTPStatus.FORBIDDEN)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django's signature.
    """Answer for a form without the token that goes with it."""
    return _page(request, HTTPStatus.FORBIDDEN, "403_csrf.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when something of ours has failed; never with what failed."""
    return _page_or_number(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def too_large(path: str) -> HttpResponse:
    """Answer for a body that nobody reads: no request was made of it, there is its address alone."""
    with override(language_of_path(path)):
        response = _page_or_number(None, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        response.headers["Content-Language"] = get_language()
    add_headers(response)
    return response


def _page(request: HttpRequest | None, status: HTTPStatus, template: str = "") -> HttpResponse:
    """Draw a page that says what can't be shown, with the way out first. # safety 1"""
    # The number in the sentence is the link that calls it.
    emergency = gettext("In an emergency, call 112.").partition("112")
    context = {"exit_url": settings.SUOJA_EXIT_URL, "emergency": emergency}
    return render(request, template or f"{status:d}.html", context, status=status)


def _page_or_number(request: HttpRequest | None, status: HTTPStatus) -> HttpResponse:
    try:
        return _page(request, status)
    except Exception:  # noqa: BLE001  # Whatever broke the page may break this one too.
        return HttpResponse(BARE, content_type="text/plain; charset=utf-8", status=status)
