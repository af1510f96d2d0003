"""What belongs to no room: whether the service can serve, and pages for when something can't be shown."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from suoja.health import Health, reason_not_to_serve
from suoja.lib.answers import json_answer

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
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when something of ours has failed; never with what failed."""
    try:
        return render(request, "500.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)
    except Exception:  # noqa: BLE001  # Whatever broke the page may break this one too.
        return HttpResponse(BARE, content_type="text/plain; charset=utf-8", status=HTTPStatus.INTERNAL_SERVER_ERROR)
