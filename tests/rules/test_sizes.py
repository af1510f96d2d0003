"""A file is one idea: explained above 250 lines, split at 400. A function is explained above 30 lines, split at 50.

TypeScript's functions are counted by Biome (`noExcessiveLinesPerFunction` in biome.jsonc), which parses them.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.rules.house import FRONTEND, ROOT, SUOJA, TESTS, all_python, files_under, name_of, tree_of, typescript

EXPLAINED_MODULE, LONGEST_MODULE = 250, 400
EXPLAINED_FUNCTION, LONGEST_FUNCTION = 30, 50
# An explanation says more than what the file is called.
SHORTEST_EXPLANATION = 120

Function = ast.FunctionDef | ast.AsyncFunctionDef


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def sources() -> list[Path]:
    styles_and_scripts = files_under(FRONTEND, ".css", ".mjs")
    templates = files_under(SUOJA, ".html", ".css", ".js")
    return [*all_python(), *typescript(), *styles_and_scripts, *templates, ROOT / "Makefile"]


def explanation_of(path: Path) -> str:
    """Return a module's docstring; elsewhere the first comment, which may stand below the imports."""
    if path.suffix == ".py":
        return ast.get_docstring(tree_of(path)) or ""
    text = path.read_text(encoding="utf-8")
    first = re.search(
        r"(/\*.*?\*/|(?://[^\n]*\n)+|(?:#[^\n]*\n)+|\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\})", text, re.DOTALL
    )
    return first.group() if first else ""


def functions() -> Iterator[tuple[Path, Function, int]]:
    for path in all_python():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, Function):
                yield path, node, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_longer_than_400_lines() -> None:
    assert not [f"{name_of(path)}: {lines_of(path)}" for path in sources() if lines_of(path) > LONGEST_MODULE]


def is_a_test(path: Path) -> bool:
    """Tell whether a file is a list of sentences, each of which explains itself."""
    return path.is_relative_to(TESTS) or path.name.endswith(".test.ts")


def test_a_long_file_explains_itself() -> None:
    long = [path for path in sources() if lines_of(path) > EXPLAINED_MODULE and not is_a_test(path)]
    assert not [name_of(path) for path in long if len(explanation_of(path)) < SHORTEST_EXPLANATION]


def test_no_function_is_longer_than_50_lines() -> None:
    assert not [f"{name_of(path)}: {node.name}, {size}" for path, node, size in functions() if size > LONGEST_FUNCTION]


def test_a_long_function_explains_itself() -> None:
    long = [(path, node) for path, node, size in functions() if size > EXPLAINED_FUNCTION]
    assert not [f"{name_of(path)}: {node.name}" for path, node in long if not ast.get_docstring(node)]


def test_typescript_functions_are_counted_too() -> None:
    rule = r'"noExcessiveLinesPerFunction": \{ "level": "error", "options": \{ "maxLines": 50 \} \}'
    assert re.search(rule, (ROOT / "biome.jsonc").read_text(encoding="utf-8"))
