"""Texts for visitors avoid the words that label, threaten or promise too much."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.rules.catalogues import LANGUAGES, entries, room_of, texts

LIST = Path(__file__).parent / "words_to_avoid.txt"
# What a visitor can read; the console is for helpers, who have their own words.
VISITORS_ROOMS = {"", "widget", "pages", "lines", "conversations", "texts", "directory"}


def words_to_avoid() -> dict[str, re.Pattern[str]]:
    """Return one pattern a language, which matches whole words only."""
    lines = [line for line in LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    by_language: dict[str, list[str]] = {}
    for line in lines:
        language, word = line.split(" ", 1)
        by_language.setdefault(language, []).append(word)
    return {
        language: re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])", re.IGNORECASE)
        for language, words in by_language.items()
    }


def texts_for_visitors() -> Iterator[tuple[str, str]]:
    """Yield each language and text that a visitor can meet."""
    yield from (("en", text.id) for text in texts() if text.room in VISITORS_ROOMS)
    for language in LANGUAGES:
        for entry in entries(language):
            if room_of(entry.path) in VISITORS_ROOMS:
                yield from ((language, form) for form in entry.forms)


def test_texts_for_visitors_avoid_the_words() -> None:
    avoid = words_to_avoid()
    found = {
        f"{language}: {match.group()!r} in {text!r}"
        for language, text in texts_for_visitors()
        if (match := avoid[language].search(text))
    }
    assert sorted(found) == []


def test_there_are_texts_for_visitors_in_each_language() -> None:
    assert {language for language, _ in texts_for_visitors()} == {"fi", "sv", "en"}


def test_whole_words_are_seen_and_names_are_not() -> None:
    finnish = words_to_avoid()["fi"]
    assert finnish.search("Oletko uhri?")
    assert finnish.search("Käyttäjän tiedot")
    assert not finnish.search("Rikosuhripäivystys, Nollalinja")
