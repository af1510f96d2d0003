from django.conf import settings

from suoja.lib.language_codes import LANGUAGES, in_order


def test_they_are_the_languages_of_the_pages() -> None:
    assert [code for code, _ in settings.LANGUAGES] == list(LANGUAGES)


def test_languages_are_listed_once_and_always_in_one_order() -> None:
    assert in_order(["en", "fi", "en"]) == ("fi", "en")
    assert in_order({"sv", "fi", "en"}) == LANGUAGES
    assert in_order(["de"]) == ()
