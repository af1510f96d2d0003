"""The safety question speaks the visitor's language in the line's tone, and gives nothing away."""

import re

import pytest
from django.utils.translation import override

from suoja.console.safety import safety_questions
from suoja.lib.codes import LineCode
from suoja.lines.first_lines import CHILDREN

ADULTS = LineCode("adults")
# What would tell somebody who reads along what the conversation is about.
SUBJECT = re.compile(r"väkival|våld|violence|pelk|rädd|fear|lyö|slå|hit\b|chat", re.IGNORECASE)


@pytest.mark.safety(15)
def test_it_asks_in_the_language_of_the_visitor_whatever_the_helper_reads() -> None:
    for page in ("fi", "sv", "en"):
        with override(page):
            questions = safety_questions(ADULTS)
        assert questions["fi"].startswith("Voitko kirjoittaa")
        assert questions["sv"].startswith("Kan du skriva")
        assert questions["en"].startswith("Can you write safely")


@pytest.mark.safety(15)
def test_children_are_asked_in_their_own_tone() -> None:
    questions = safety_questions(CHILDREN)
    assert [questions[language].split()[0] for language in ("fi", "sv", "en")] == ["Moi!", "Hej!", "Hi!"]
    # At most eight words in a sentence: language.md, "Children and young people".
    sentences = [sentence for text in questions.values() for sentence in re.split(r"[.!?]\s*", text) if sentence]
    assert max(len(sentence.split()) for sentence in sentences) <= 8


@pytest.mark.safety(15)
@pytest.mark.parametrize("line", [ADULTS, CHILDREN])
def test_it_names_no_subject_and_promises_nothing(line: LineCode) -> None:
    for text in safety_questions(line).values():
        assert not SUBJECT.search(text)
        assert len(text) <= 120
