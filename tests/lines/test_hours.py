from datetime import UTC, datetime

from suoja.lib.codes import LineCode
from suoja.lines.hours import HoursAnswer, Notice, hours_answer

ADULTS = LineCode("adults")


def test_a_line_is_open_at_every_hour() -> None:
    for hour in range(24):
        assert hours_answer(ADULTS, datetime(2024, 6, 22, hour, tzinfo=UTC)).hours_open


def test_what_never_closes_has_no_closing_time_and_no_reason() -> None:
    assert hours_answer(ADULTS, datetime(2024, 6, 19, 9, tzinfo=UTC)) == HoursAnswer(
        hours_open=True, admits_until=None, closes_at=None, reason=None, next_opening_at=None, notices=()
    )


def test_a_notice_is_written_as_from_and_until() -> None:
    instant = datetime(2024, 6, 21, tzinfo=UTC)
    assert Notice.__struct_encode_fields__ == ("from", "until", "text")
    assert Notice(from_=instant, until=instant, text="").from_ == instant
