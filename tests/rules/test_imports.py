"""Imports go down only; in Python by import-linter's contracts in pyproject.toml, in TypeScript by the table here."""

import re
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from tests.rules.house import FRONTEND, ROOT, name_of, typescript

# Room → the rooms it may import from. `exit` is a leaf, so that the way out never waits for anything else.
MAY_IMPORT: dict[str, set[str]] = {
    "wire": set(),
    "exit": set(),
    # The chats' state, which the front page shows as well.
    "lines": set(),
    "crypto": set(),
    "stream": {"wire"},
    "ui": {"wire", "crypto", "stream"},
    "widget": {"wire", "crypto", "stream", "ui", "exit", "lines"},
    "console": {"wire", "crypto", "stream", "ui"},
    "loader": {"exit"},
    # The pages' own script carries the exit link and nothing of a talk.
    "page": {"exit", "lines"},
}
# What a browser gets is ours: no package ships (docs/decisions/0012).
FOR_TESTS = {"vitest", "fake-indexeddb", "fake-indexeddb/auto", "hpke", "jsdom"}

IMPORT = re.compile(
    r"""^(?:import|export)\s+(?:[\w\s{},*$]+?\s+from\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']""", re.MULTILINE
)


def imports_of(path: Path) -> list[str]:
    return [one or other for one, other in IMPORT.findall(path.read_text(encoding="utf-8"))]


def fault_of(path: Path, target: str) -> str | None:
    """Return what is wrong with one import, or nothing."""
    room = path.relative_to(FRONTEND / "src").parts[0]
    is_test = path.name.endswith(".test.ts") or path.name == "vectors.ts" or path.parent.name == "testing"
    if not target.startswith("."):
        fine = is_test and (target in FOR_TESTS or target.startswith("node:"))
        return None if fine else f"{name_of(path)} imports the package {target}"
    there = (path.parent / target).resolve()
    if not there.is_relative_to(FRONTEND / "src"):
        return None if is_test else f"{name_of(path)} imports {target}, outside the sources"
    other = there.relative_to(FRONTEND / "src").parts[0]
    is_allowed = other == room or other in MAY_IMPORT.get(room, set())
    return None if is_allowed else f"{name_of(path)} ({room}) imports from {other}"


def test_python_imports_go_down_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0


def test_typescript_imports_go_down_only() -> None:
    faults = [fault_of(path, target) for path in typescript() for target in imports_of(path)]
    assert not list(filter(None, faults))


def test_every_room_of_the_front_end_is_in_the_table() -> None:
    rooms = {path.name for path in (FRONTEND / "src").iterdir() if path.is_dir()}
    assert rooms == set(MAY_IMPORT)


def test_an_import_upwards_is_seen() -> None:
    upwards = FRONTEND / "src" / "exit" / "index.ts"
    assert fault_of(upwards, "../wire/index.js")
    assert fault_of(FRONTEND / "src" / "crypto" / "hpke.ts", "hpke")
    assert fault_of(FRONTEND / "src" / "crypto" / "hpke.test.ts", "hpke") is None
    assert fault_of(FRONTEND / "src" / "loader" / "index.ts", "../exit/index.js") is None
