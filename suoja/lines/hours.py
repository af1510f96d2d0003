"""When a line is open: a question without I/O, asked of an instant.

Every line is open always. What asks (the queue, /api/lines/, the closed widget) already lives by the whole answer, so
weekly hours and announced exceptions change this module alone.
"""

from datetime import datetime
from typing import Literal

import msgspec

from suoja.lib.codes import LineCode

ClosedReason = Literal["closed_now", "exception", "holiday", "outside_hours", "admission_over"]


class Notice(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """An announced exception: from and until when, in words for visitors (M6)."""

    from_: datetime
    until: datetime
    text: str


class HoursAnswer(msgspec.Struct, frozen=True):
    """What the hours alone say about an instant; whether somebody is on duty is not theirs to know.

    `admits_until` and `closes_at` are set while open, if it ever closes; `reason` and `next_opening_at` while closed.
    """

    hours_open: bool
    admits_until: datetime | None = None
    closes_at: datetime | None = None
    reason: ClosedReason | None = None
    next_opening_at: datetime | None = None
    notices: tuple[Notice, ...] = ()


def hours_answer(line: LineCode, now: datetime) -> HoursAnswer:  # noqa: ARG001  # "Always" needs neither; its askers must.
    """Return what the hours of a line say about an instant."""
    return HoursAnswer(hours_open=True)
