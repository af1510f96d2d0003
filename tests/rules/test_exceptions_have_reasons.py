"""Each exception to lint or types stands on its own line, names what it switches off, and says why."""

import re

from tests.rules.house import all_python, name_of

# After the codes a dash or another hash, and then the reason.
CODES = r"(?:noqa:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|type:\s*ignore\[[\w, -]+\])"
REASONED = re.compile(rf"#\s*{CODES}\s*[-#–]\s*\S.{{8,}}")  # noqa: RUF001 - a dash of any length may stand there
EXCEPTION = re.compile(r"#\s*(?:noqa\b|type:\s*ignore|ruff:\s*noqa|mypy:\s*ignore|pragma:\s*no cover)")
HERE = "tests/rules/test_exceptions_have_reasons.py"


def test_each_exception_says_why() -> None:
    bare = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in all_python()
        if name_of(path) != HERE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if EXCEPTION.search(line) and not REASONED.search(line)
    ]
    assert bare == []


def test_a_bare_exception_is_seen() -> None:
    assert not REASONED.search("x = 1  # noqa: S603")
    assert REASONED.search("x = 1  # noqa: S603 - our own command from a fixed list")
