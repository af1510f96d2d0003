"""What others may know of the lines."""

from datetime import datetime
from typing import NamedTuple

from suoja.lib.errors import UnknownLine
from suoja.lines.hours import ClosedReason, hours_answer
from suoja.lines.models import Line


class Admission(NamedTuple):
    """What the queue asks before it lets a visitor in, and before a peer accepts."""

    refusal: ClosedReason | None
    peers_may_answer: bool


def lines_for_visitors() -> list[Line]:
    """Return every line, in the order in which visitors see them."""
    return list(Line.objects.all())


def line_rule(code: str, now: datetime) -> Admission:
    """Return why a line admits nobody now (None: it admits), and whether peers may answer it.

    Raises UnknownLine.
    """
    line = Line.objects.filter(code=code).first()
    if line is None:
        raise UnknownLine
    answer = hours_answer(line.line_code, now)
    return Admission(None if answer.hours_open else answer.reason or "closed_now", line.peers_may_answer)
