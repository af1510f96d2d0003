"""What everybody may know: which lines a visitor can enter now, and why not. Nothing in it tells of a person."""

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connections
from msgspec import Struct

from suoja.conversations.journal import SqlStorage
from suoja.lib.clock import milliseconds
from suoja.lib.codes import LineCode
from suoja.lib.language_codes import Language
from suoja.lines.access import lines_for_visitors
from suoja.lines.hours import ClosedReason, Notice, hours_answer
from suoja.lines.models import Line
from suoja.live.records import Duty
from suoja.live.rules import is_answered, languages_answered

Reason = ClosedReason | Literal["full", "nobody_on_duty"]


class LineNow(Struct, frozen=True):
    """One line at an instant. `name` is in the language of the page; instants carry the offset of Helsinki.

    `languages`: those that somebody available on the line writes just now (safety 11); none when nobody is on duty.
    """

    code: LineCode
    name: str
    hours_open: bool
    admits_until: datetime | None
    closes_at: datetime | None
    is_open: bool
    reason: Reason | None
    next_opening_at: datetime | None
    notices: tuple[Notice, ...]
    languages: tuple[Language, ...]


class Lines(Struct, frozen=True):
    """The answer of /api/lines/."""

    lines: tuple[LineNow, ...]


def lines_for_everybody(now: datetime) -> Lines:
    """Return every line as it stands: its hours, and whether somebody is on duty to whom the queue leads."""
    duties = SqlStorage(connections).running_duties()
    return Lines(tuple(_line_now(line, duties, now) for line in lines_for_visitors()))


def _line_now(line: Line, duties: list[Duty], now: datetime) -> LineNow:
    hours = hours_answer(line.line_code, now)
    code, at, peers = line.line_code, milliseconds(now), line.peers_may_answer
    has_answer = is_answered(code, duties, at, wants_professional=False, peers_may_answer=peers)
    is_open = hours.hours_open and has_answer
    return LineNow(
        code=code,
        name=line.name,
        hours_open=hours.hours_open,
        admits_until=_local(hours.admits_until),
        closes_at=_local(hours.closes_at),
        is_open=is_open,
        reason=None if is_open else hours.reason or "nobody_on_duty",
        next_opening_at=_local(hours.next_opening_at),
        notices=hours.notices,
        languages=languages_answered(code, duties, at, peers_may_answer=peers),
    )


def _local(instant: datetime | None) -> datetime | None:
    return None if instant is None else instant.astimezone(ZoneInfo(settings.TIME_ZONE))
