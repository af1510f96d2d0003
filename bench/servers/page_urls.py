"""The program's own addresses, and `/bench/rota/`."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from suoja import urls
from suoja.urls import *  # noqa: F403  # The handlers of errors too.

ROWS, DAYS = 60, 31

_TABLE = """<table>{% for row in rows %}<tr><th scope="row">{{ row.name }}</th>{% for cell in row.cells %}
<td class="{{ cell.kind|lower }}"><a href="/shifts/{{ cell.day }}/">{{ cell.day }}.</a> {{ cell.kind|capfirst }}
{% if cell.is_mine %}<strong>{{ row.name|truncatechars:12 }}</strong>{% endif %}</td>{% endfor %}</tr>{% endfor %}
</table>"""


def rota(_request: HttpRequest) -> HttpResponse:
    """Render a month of sixty helpers, in a thread, as Django renders every page."""
    cells = [{"day": day, "kind": "evening" if day % 2 else "night", "is_mine": day % 7 == 0} for day in range(1, DAYS)]
    rows = [{"name": f"Helper number {row}", "cells": cells} for row in range(ROWS)]
    return HttpResponse(engines["django"].from_string(_TABLE).render({"rows": rows}))


urlpatterns = [path("bench/rota/", rota), *urls.urlpatterns]
