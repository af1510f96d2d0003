"""What the chat's page hands to its script, in one piece of JSON."""

from datetime import datetime
from typing import Any, Literal

import msgspec
from django.conf import settings
from django.utils.translation import get_language

from suoja.conversations.access import LineNow, lines_for_everybody
from suoja.lib.language_codes import Language
from suoja.lines.access import lines_for_visitors
from suoja.widget.words import WORDS

Mode = Literal["frame", "page"]


class LineShown(msgspec.Struct, frozen=True):
    """A line as it stands, and for whom it is; mirrors `LineState` in frontend/src/widget/data.ts."""

    code: str
    name: str
    is_open: bool
    reason: str | None
    languages: tuple[Language, ...]
    audience: str


class WidgetData(msgspec.Struct, frozen=True):
    """Mirrors `WidgetData` in frontend/src/widget/data.ts."""

    language: str
    words: dict[str, str]
    lines: tuple[LineShown, ...]
    mode: Mode
    exit: str
    hosts: tuple[str, ...]


def widget_data(mode: Mode, now: datetime) -> dict[str, Any]:
    """Return the data as what `json_script` takes."""
    language = get_language() or "fi"
    data = WidgetData(
        language=language,
        words={key: str(text) for key, text in WORDS.items()},
        lines=lines_shown(now),
        mode=mode,
        exit=settings.SUOJA_EXIT_URL,
        hosts=tuple(settings.SUOJA_FRAME_HOSTS),
    )
    plain: dict[str, Any] = msgspec.to_builtins(data)
    return plain


def lines_shown(now: datetime) -> tuple[LineShown, ...]:
    """Return each line as /api/lines/ has it, with its audience."""
    audiences = {line.line_code: line.audience for line in lines_for_visitors()}
    return tuple(_shown(line, audiences[line.code]) for line in lines_for_everybody(now).lines)


def _shown(line: LineNow, audience: str) -> LineShown:
    return LineShown(line.code, line.name, line.is_open, line.reason, line.languages, audience)
