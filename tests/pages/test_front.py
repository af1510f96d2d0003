from datetime import datetime

import pytest

from suoja.conversations.access import LineNow
from suoja.lib.codes import LineCode
from suoja.pages.front import chats_shown, state_of


def line(*, is_open: bool, reason: str | None = None) -> LineNow:
    return LineNow(
        code=LineCode("adults"),
        name="Apua väkivaltaan",
        hours_open=is_open,
        admits_until=None,
        closes_at=None,
        is_open=is_open,
        reason=reason,  # type: ignore[arg-type]  # The table below goes through the reasons.
        next_opening_at=None,
        notices=(),
        languages=("fi",) if is_open else (),
    )


@pytest.mark.parametrize(
    ("is_open", "reason", "state"),
    [
        (True, None, "open"),
        (False, "nobody_on_duty", "nobody"),
        (False, "outside_hours", "closed"),
        (False, "exception", "closed"),
        (False, "full", "closed"),
    ],
)
def test_a_chat_gets_one_of_three_words(is_open: bool, reason: str | None, state: str) -> None:  # noqa: FBT001  # A row of the table.
    assert state_of(line(is_open=is_open, reason=reason)) == state


@pytest.mark.django_db(databases=["default", "talks"])
@pytest.mark.usefixtures("lines")
def test_every_chat_is_shown_in_order(still_clock: datetime) -> None:
    shown = chats_shown(still_clock)
    assert [chat.code for chat in shown] == ["adults", "young"]
    assert [chat.peers_may_answer for chat in shown] == [True, False]
