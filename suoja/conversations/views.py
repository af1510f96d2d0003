"""/api/lines/: the lines as JSON, for the closed widget and for any other page that wants to show them."""

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from suoja.conversations.access import lines_for_everybody
from suoja.lib import clock


@require_safe
def lines(_request: HttpRequest) -> HttpResponse:
    """Answer how the lines stand now. Any origin may read it: it says nothing about who asks."""
    body = msgspec.json.encode(lines_for_everybody(clock.now()))
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"}
    return HttpResponse(body, content_type="application/json", headers=headers)
