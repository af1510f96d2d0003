"""JSON answers of ordinary pages: always a struct, never a bare dict."""

from http import HTTPStatus

import msgspec
from django.http import HttpResponse


def json_answer(struct: msgspec.Struct, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    """Return a struct as a JSON response."""
    return HttpResponse(msgspec.json.encode(struct), content_type="application/json", status=status)
