"""What the console's page hands to its script, in one piece of JSON."""

from typing import Any

import msgspec
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from suoja.console.safety import safety_questions
from suoja.console.words import WORDS
from suoja.lib import clock
from suoja.lib.codes import DutyCode, LineCode
from suoja.lib.language_codes import Language
from suoja.lines.access import lines_for_visitors
from suoja.live.limits import limits_of
from suoja.people.access import AnsweringHelper


class LineShown(msgspec.Struct, frozen=True):
    """A line under the name that the helper's language has for it, and its safety question in the visitor's."""

    code: LineCode
    name: str
    safety_questions: dict[Language, str]


class ConsoleData(msgspec.Struct, frozen=True):
    """Mirrors `ConsoleData` in frontend/src/console/data.ts.

    `now` is the service's clock in ms. `back_after` and `park_after` are seconds: an absence so long is told of
    (safety 15), and a talk whose visitor is away for so long may be put aside.
    """

    language: str
    words: dict[str, str]
    lines: tuple[LineShown, ...]
    role: str
    duty: DutyCode
    now: int
    grant_url: str
    sign_in_url: str
    back_after: float
    park_after: float


def console_data(helper: AnsweringHelper, duty: DutyCode) -> dict[str, Any]:
    """Return the data as what `json_script` takes."""
    limits = limits_of(settings.SUOJA_LIMITS)
    data = ConsoleData(
        language=get_language() or "fi",
        words={key: str(text) for key, text in WORDS.items()},
        lines=lines_shown(helper),
        role=helper.role.value,
        duty=duty,
        now=clock.milliseconds(clock.now()),
        grant_url=reverse("console:grant"),
        sign_in_url=f"{reverse('people:login')}?next={reverse('console:console')}",
        back_after=limits.back_after,
        park_after=limits.park_after,
    )
    plain: dict[str, Any] = msgspec.to_builtins(data)
    return plain


def lines_shown(helper: AnsweringHelper) -> tuple[LineShown, ...]:
    """Return the lines that a helper answers, in the order in which visitors see them."""
    answered = frozenset(helper.lines)
    return tuple(
        LineShown(line.line_code, line.name, safety_questions(line.line_code))
        for line in lines_for_visitors()
        if line.line_code in answered
    )
