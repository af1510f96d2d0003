"""The safety question: ready words for a helper whose visitor is back after an absence.  # safety 15

Somebody else may be reading them, so they give away nothing of what was said. They are in the language in which the
visitor writes, whatever the helper's own is, and the children's line has its own tone.
"""

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_noop, override

from suoja.lib.codes import LineCode
from suoja.lib.language_codes import LANGUAGES, Language
from suoja.lines.first_lines import CHILDREN

QUESTION = gettext_noop("Can you write safely right now? One word is enough. You can also stop at any time.")
QUESTION_FOR_CHILDREN = gettext_noop(
    "Hi! Is it safe for you to write now? One word is enough. You can stop at any time."
)


def safety_questions(line: LineCode) -> dict[Language, str]:
    """Return the question for visitors of a line, in each language."""
    question = QUESTION_FOR_CHILDREN if line == CHILDREN else QUESTION
    return {language: _in(language, question) for language in LANGUAGES}


def _in(language: Language, text: str) -> str:
    with override(language):
        return translated(text)
