"""What the front page shows: the chats as they stand, in the language of the page."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from suoja.conversations.access import LineNow, lines_for_everybody
from suoja.lines.access import lines_for_visitors

Shown = Literal["open", "nobody", "closed"]


class ChatShown(Struct, frozen=True):
    """One chat on the page."""

    code: str
    name: str
    audience: str
    peers_may_answer: bool
    state: Shown


def chats_shown(now: datetime) -> tuple[ChatShown, ...]:
    """Return every chat, in the order in which visitors see them."""
    states = {line.code: state_of(line) for line in lines_for_everybody(now).lines}
    return tuple(
        ChatShown(line.line_code, line.name, line.audience, line.peers_may_answer, states[line.line_code])
        for line in lines_for_visitors()
    )


def state_of(line: LineNow) -> Shown:
    """Return which of the three words of the page a line gets."""
    if line.is_open:
        return "open"
    return "nobody" if line.reason == "nobody_on_duty" else "closed"
