import pytest
from msgspec import structs

from suoja.lib.language_codes import LANGUAGES
from suoja.widget.loader_words import help_in_short, loader_words, panel_words


@pytest.mark.safety(22)
def test_every_word_is_there_in_every_language_and_is_its_own() -> None:
    for words in (loader_words, panel_words):
        spoken = [structs.asdict(words(language)) for language in LANGUAGES]
        for key in spoken[0]:
            # Finnish and English share the word "Chat".
            expected = 2 if key == "chat" else len(LANGUAGES)
            assert len({str(language[key]) for language in spoken}) == expected, key


def test_the_names_are_those_that_people_rely_on() -> None:
    assert loader_words("en").open == "Open chat"
    assert panel_words("en").exit == "Exit this page"


@pytest.mark.safety(16)
def test_numbers_for_the_worst_case_are_short_and_begin_with_112() -> None:
    assert help_in_short() == ("112", "Nollalinja 080 005 005", "116 111")
