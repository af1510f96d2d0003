from datetime import datetime

import pytest

from suoja.lib.errors import UnknownLine
from suoja.lines import access
from suoja.lines.access import line_rule, lines_for_visitors
from suoja.lines.hours import HoursAnswer
from suoja.lines.models import Line


def test_visitors_see_the_lines_in_order(adults: Line, young: Line) -> None:
    assert lines_for_visitors() == [adults, young]


def test_an_open_line_refuses_nobody(adults: Line, still_clock: datetime) -> None:
    assert line_rule(adults.code, still_clock) == (None, True)


@pytest.mark.mission("M22")
def test_peers_may_not_answer_the_childrens_line(young: Line, still_clock: datetime) -> None:
    assert line_rule(young.code, still_clock) == (None, False)


def test_a_closed_line_says_why(adults: Line, still_clock: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = HoursAnswer(hours_open=False, reason="holiday")
    monkeypatch.setattr(access, "hours_answer", lambda *_: closed)
    assert line_rule(adults.code, still_clock).refusal == "holiday"


@pytest.mark.django_db
def test_there_is_no_other_line(still_clock: datetime) -> None:
    with pytest.raises(UnknownLine):
        line_rule("other", still_clock)
