"""The script and the server agree on what the console says."""

import re
from pathlib import Path
from typing import get_args

from suoja.console.words import WORDS
from suoja.live.wire import EndedHow, PresenceState

SOURCES = Path(__file__).parents[2] / "frontend" / "src"
KEYS = re.compile(r"_KEYS = \[(.*?)\] as const", re.DOTALL)


def keys_of(module: str) -> set[str]:
    found = KEYS.search((SOURCES / module).read_text(encoding="utf-8"))
    assert found is not None
    return set(re.findall(r'"(\w+)"', found.group(1)))


def test_the_script_is_given_every_word_that_it_asks_for_and_no_other() -> None:
    assert keys_of("console/words.ts") | keys_of("ui/words.ts") == set(WORDS)


def test_every_word_of_the_list_is_asked_for() -> None:
    sources = [
        path.read_text(encoding="utf-8")
        for path in (SOURCES / "console").glob("*.ts")
        if path.name != "words.ts" and not path.name.endswith(".test.ts")
    ]
    # The script puts these keys together from what the wire says.
    put_together = {"writes_in_sv", "writes_in_en", *(f"presence_{state}" for state in get_args(PresenceState))}
    asked = set(re.findall(r'"(\w+)"', "".join(sources))) | put_together | set(get_args(EndedHow))
    assert keys_of("console/words.ts") - asked == set()
