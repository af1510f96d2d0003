"""`suoja/lib/clock.py` alone asks what time it is: it shifts for all, and a test can hold it still."""

import ast

import pytest

from tests.rules.house import SUOJA, name_of, python_of_the_program, tree_of

CLOCK = SUOJA / "lib" / "clock.py"
ASKING = {
    ("timezone", "now"),
    ("timezone", "localtime"),
    ("timezone", "localdate"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("time", "monotonic"),
    ("functions", "Now"),
}
# Imported by name, these would be asked without their module in front.
ASKING_BY_NAME = {
    "django.utils.timezone": {"now", "localtime", "localdate"},
    "django.db.models.functions": {"Now"},
    "time": {"time", "time_ns", "localtime", "gmtime", "monotonic"},
}


def asks_the_time(node: ast.AST) -> str | None:
    """Return how a node asks for the time, or nothing."""
    match node:
        case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name) if (owner, name) in ASKING:
            return f"{owner}.{name}"
        case ast.keyword(arg="auto_now" | "auto_now_add" as name):
            return name
        case ast.ImportFrom(module=str(module), names=names):
            taken = {alias.name for alias in names} & ASKING_BY_NAME.get(module, set())
            return f"from {module} import {taken.pop()}" if taken else None
    return None


def test_only_the_clock_asks_the_time() -> None:
    found = [
        f"{name_of(path)}:{getattr(node, 'lineno', 0) or getattr(node.value, 'lineno', 0)}: {how}"  # type: ignore[attr-defined]  # keywords have a value
        for path in python_of_the_program()
        if path != CLOCK
        for node in ast.walk(tree_of(path))
        if (how := asks_the_time(node))
    ]
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "timezone.now()",
        "datetime.datetime.now()",
        "DateTimeField(auto_now_add=True)",
        "from django.utils.timezone import now",
        "time.time()",
        "default=timezone.now",
    ],
)
def test_each_way_of_asking_is_seen(source: str) -> None:
    assert any(asks_the_time(node) for node in ast.walk(ast.parse(source)))
