import pytest

from suoja.lines.actions import ensure_lines
from suoja.lines.models import Line


@pytest.mark.django_db
def test_the_first_lines_are_made_once() -> None:
    ensure_lines()
    ensure_lines()
    assert list(Line.objects.values_list("code", flat=True)) == ["adults", "young"]


def test_a_line_that_was_edited_stays_edited(adults: Line) -> None:
    Line.objects.filter(pk=adults.pk).update(name_en="Help")
    ensure_lines()
    assert Line.objects.get(pk=adults.pk).name_en == "Help"


def test_a_line_that_was_removed_stays_removed(young: Line) -> None:
    young.delete()
    ensure_lines()
    assert list(Line.objects.values_list("code", flat=True)) == ["adults"]
