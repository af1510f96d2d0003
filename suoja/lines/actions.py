"""Everything that writes lines."""

from django.db import transaction

from suoja.lines.first_lines import FIRST_LINES, FirstLine
from suoja.lines.models import Line


def ensure_lines() -> None:
    """Make the service's first lines in a state that has none; lines that somebody has edited or removed stay so."""
    with transaction.atomic():
        if not Line.objects.exists():
            Line.objects.bulk_create(_line_of(first, order) for order, first in enumerate(FIRST_LINES))


def _line_of(first: FirstLine, order: int) -> Line:
    name_fi, name_sv, name_en = first.names
    audience_fi, audience_sv, audience_en = first.audiences
    return Line(
        code=first.code,
        order=order,
        peers_may_answer=first.peers_may_answer,
        name_fi=name_fi,
        name_sv=name_sv,
        name_en=name_en,
        audience_fi=audience_fi,
        audience_sv=audience_sv,
        audience_en=audience_en,
    )
