"""The list of planted breaks has not gone stale: cheap enough for each `make check`; running them is `make mutants`."""

import re

import msgspec
import pytest

from tests.mutants import LIST, ROOT, Mutant, Mutants
from tests.named_test import Outcome, is_vitest, outcome

MUTANTS = msgspec.toml.decode(LIST.read_bytes(), type=Mutants).mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_each_break_is_found_once_and_changes_something(mutant: Mutant) -> None:
    assert (ROOT / mutant.file).read_text(encoding="utf-8").count(mutant.old) == 1
    assert mutant.old != mutant.new


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_each_named_test_is_there(mutant: Mutant) -> None:
    path = ROOT / mutant.test.partition("::")[0]
    assert path.is_file()
    name = mutant.test.rpartition("::")[2].partition("[")[0]
    # A test of a contract stands in another file of the same room and is inherited.
    room = "".join(file.read_text(encoding="utf-8") for file in path.parent.glob("*.py"))
    assert is_vitest(mutant.test) or re.search(rf"def {name}\(", room)


def test_names_are_unique() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)


def test_a_test_that_did_not_run_catches_nothing() -> None:
    assert outcome(0, 0) == Outcome(remark="no test of this name")
    assert outcome(1, 2) == Outcome(passed=1, failed=2)


@pytest.mark.parametrize(
    "words",
    ["violation of the content policy", "listener is removed", "acknowledgement before the commit", "skipped seal"],
)
def test_the_short_form_holds_the_breaks_of_step_1(words: str) -> None:
    assert [mutant.name for mutant in MUTANTS if mutant.is_short and words in mutant.name]
