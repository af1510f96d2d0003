"""The script and the server agree on what the widget says."""

import re
from pathlib import Path
from typing import get_args

from suoja.lib.language_codes import LANGUAGES
from suoja.live.wire import RequeuedWhy
from suoja.widget.words import WORDS

SOURCES = Path(__file__).parents[2] / "frontend" / "src"


def keys_of(module: str, name: str) -> set[str]:
    text = (SOURCES / module).read_text(encoding="utf-8")
    found = re.search(rf"{name} = \[(.*?)\] as const", text, re.DOTALL)
    assert found is not None
    return set(re.findall(r'"(\w+)"', found.group(1)))


def test_the_script_is_given_every_word_that_it_asks_for_and_no_other() -> None:
    young = {f"{key}_young" for key in keys_of("widget/words.ts", "YOUNG_KEYS")}
    wanted = keys_of("widget/words.ts", "WIDGET_KEYS") | keys_of("ui/words.ts", "UI_KEYS")
    assert wanted | young == set(WORDS)


def test_every_word_of_the_list_is_asked_for() -> None:
    sources = [
        path.read_text(encoding="utf-8")
        for path in (SOURCES / "widget").glob("*.ts")
        if path.name != "words.ts" and not path.name.endswith(".test.ts")
    ]
    # The script puts these together from what it shows.
    joined = {f"in_{code}" for code in LANGUAGES} | {f"requeued_{why}" for why in get_args(RequeuedWhy)}
    asked = set(re.findall(r'"(\w+)"', "".join(sources))) | joined
    assert keys_of("widget/words.ts", "WIDGET_KEYS") - asked == set()


def test_only_words_that_everybody_has_are_said_otherwise_to_children() -> None:
    assert keys_of("widget/words.ts", "YOUNG_KEYS") <= keys_of("widget/words.ts", "WIDGET_KEYS")
