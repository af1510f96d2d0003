import re

import pytest

from suoja.directory.help_numbers import HELP_NUMBERS, numbers_shown


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_emergency_number_comes_first_and_everybody_gets_nollalinja(language: str) -> None:
    shown = numbers_shown(language)
    assert shown[0].number == "112"
    assert "080 005 005" in [row.number for row in shown]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_numbers_are_grouped_for_people_and_dialled_without_spaces(language: str) -> None:
    for row in numbers_shown(language):
        assert re.fullmatch(r"\d+( \d+)*", row.number)
        assert row.dialled.isdigit()
        assert row.name
        assert row.about


def test_young_people_are_given_their_own_number_in_a_language_that_answers() -> None:
    assert numbers_shown("fi")[-1].number == "116 111"
    assert numbers_shown("sv")[-1].number == "0800 96 116"


def test_each_number_says_when_it_was_checked() -> None:
    assert all(entry.checked_on.year >= 2026 for entry in HELP_NUMBERS)
