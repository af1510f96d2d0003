"""Each clause of the mission and line of safety.md is cited by a test, or listed in uncited.txt, which only shrinks.

A citation says that the test shows something of the clause. What of it is missing stands in partly.txt, which only
shrinks too: so nobody takes a clause for kept because a test names it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.house import TESTS, all_python, doc, git, name_of, tree_of, typescript

UNCITED = Path(__file__).parent / "uncited.txt"
PARTLY = Path(__file__).parent / "partly.txt"
MARKS = {"mission", "safety"}
IN_TYPESCRIPT = re.compile(r"^\s*//\s*(mission\s+M\d+|safety\s+\d+)\s*$", re.MULTILINE)


def known_clauses() -> set[str]:
    """Return every clause as it is cited: `M13`, `safety 18`."""
    mission = re.findall(r"^- (M\d+) ", doc("mission.md"), re.MULTILINE)
    safety = re.findall(r"^(\d+)\. ", doc("safety.md"), re.MULTILINE)
    return {*mission, *(f"safety {number}" for number in safety)}


def clause_of(node: ast.AST) -> str | None:
    """Return the clause that a `pytest.mark.mission("M13")` or `pytest.mark.safety(18)` cites."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Attribute(attr="mark"), attr="mission" | "safety" as mark),
            args=[ast.Constant(value=str() | int() as value)],
        ):
            return f"safety {value}" if mark == "safety" else str(value)
    return None


def citations() -> Iterator[tuple[str, Path]]:
    """Yield each clause that a test cites, with the test's file."""
    for path in (path for path in all_python() if path.is_relative_to(TESTS)):
        yield from ((clause, path) for node in ast.walk(tree_of(path)) if (clause := clause_of(node)))
    for path in (path for path in typescript() if path.name.endswith(".test.ts")):
        for cited in IN_TYPESCRIPT.findall(path.read_text(encoding="utf-8")):
            yield re.sub(r"^mission\s+", "", cited), path


def listed(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def uncited() -> list[str]:
    return listed(UNCITED.read_text(encoding="utf-8"))


def partly() -> dict[str, str]:
    """Return the clauses that are shown in part, each with what is missing."""
    lines = listed(PARTLY.read_text(encoding="utf-8"))
    return {clause: missing for clause, _, missing in (line.partition(": ") for line in lines)}


def test_the_clauses_are_found() -> None:
    assert known_clauses() == {*(f"M{n}" for n in range(1, 34)), *(f"safety {n}" for n in range(1, 45))}


def test_only_real_clauses_are_cited() -> None:
    assert sorted({f"{name_of(path)}: {clause}" for clause, path in citations() if clause not in known_clauses()}) == []


def test_every_clause_is_cited_or_listed() -> None:
    cited = {clause for clause, _ in citations()}
    assert sorted(known_clauses() - cited - set(uncited())) == []


def test_no_listed_clause_is_cited() -> None:
    cited = {clause for clause, _ in citations()}
    assert [clause for clause in uncited() if clause in cited or clause not in known_clauses()] == []


def test_what_is_shown_in_part_is_cited_and_says_what_is_missing() -> None:
    cited = {clause for clause, _ in citations()}
    assert [clause for clause, missing in partly().items() if clause not in cited or not missing] == []


@pytest.mark.parametrize(("path", "comes_from"), [(UNCITED, []), (PARTLY, [UNCITED])], ids=["uncited", "partly"])
def test_the_lists_only_shrink(path: Path, comes_from: list[Path]) -> None:
    """What no test cited may become what is shown in part; nothing else is ever added."""
    before = set().union(*(clauses_listed(committed(one)) for one in [path, *comes_from]))
    assert sorted(clauses_listed(path.read_text(encoding="utf-8")) - before if committed(path) else ()) == []


def committed(path: Path) -> str:
    """Return a list as the last commit has it."""
    return git("show", f"HEAD:{name_of(path)}")


def clauses_listed(text: str) -> set[str]:
    """Return the clauses of a list, without what is said of them."""
    return {line.partition(": ")[0] for line in listed(text)}
