"""Finnish, Swedish and English are complete: nobody in danger meets half a sentence in a language they can't read."""

import re
from pathlib import Path

import pytest

from tests.rules.catalogues import LANGUAGES, entries, texts
from tests.rules.house import name_of

# Ids that may be equal in two languages: names, and words that are the same.
SAME = Path(__file__).parent / "same_in_languages.txt"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")


def allowed_to_be_same() -> set[str]:
    lines = SAME.read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def ids_equal_somewhere() -> set[str]:
    """Return each id whose translations are equal between two of the three languages."""
    finnish = {(entry.context, entry.id): entry.forms for entry in entries("fi")}
    swedish = {(entry.context, entry.id): entry.forms for entry in entries("sv")}
    equal = set()
    for key in finnish.keys() | swedish.keys():
        in_all = [key[1], *(forms[0] for table in (finnish, swedish) if (forms := table.get(key)))]
        if len(set(in_all)) < len(in_all):
            equal.add(key[1])
    return equal


def test_the_program_says_something() -> None:
    assert len(texts()) > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    known = {(entry.context, entry.id) for entry in entries(language)}
    missing = {f"{name_of(text.path)}: {text.id}" for text in texts() if (text.context, text.id) not in known}
    assert sorted(missing) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_empty_or_fuzzy(language: str) -> None:
    faulty = [entry for entry in entries(language) if entry.is_fuzzy or not all(entry.forms)]
    assert [f"{name_of(entry.path)}: {entry.id}" for entry in faulty] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_outlives_its_text(language: str) -> None:
    said = {(text.context, text.id) for text in texts()}
    assert [f"{name_of(e.path)}: {e.id}" for e in entries(language) if (e.context, e.id) not in said] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_text_has_one_translation(language: str) -> None:
    by_id: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for entry in entries(language):
        by_id.setdefault((entry.context, entry.id), set()).add(entry.forms)
    assert [key for key, forms in by_id.items() if len(forms) > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(language: str) -> None:
    different = [
        f"{name_of(entry.path)}: {entry.id}"
        for entry in entries(language)
        for form in entry.forms
        if set(PLACEHOLDER.findall(form)) != set(PLACEHOLDER.findall(entry.id))
    ]
    assert different == []


def test_what_is_equal_in_two_languages_is_meant_so() -> None:
    assert sorted(ids_equal_somewhere() - allowed_to_be_same()) == []


def test_the_list_of_equal_texts_holds_nothing_else() -> None:
    assert sorted(allowed_to_be_same() - ids_equal_somewhere()) == []
