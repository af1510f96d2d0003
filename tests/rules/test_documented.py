"""Every setting, command, event and error has its words in the docs, and the docs name none that isn't there."""

import ast
import re

from django.core.management import get_commands

from suoja import cli
from suoja.lib import errors
from suoja.live import wire
from tests.rules.house import DOCS, ROOT, SUOJA, doc, python_of_the_program, tree_of

SETTING = re.compile(r"SUOJA_[A-Z]+(?:_[A-Z]+)*")
PROTOCOL = "live-protocol.md"


def settings_read() -> set[str]:
    """Return each name that the program takes from its environment: a string literal, wherever it stands."""
    literals = (
        node.value
        for path in python_of_the_program()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {text for text in literals if SETTING.fullmatch(text)}


def prose() -> str:
    """Return README, CONTRIBUTING and every page of docs/ as one text."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def make_targets() -> list[str]:
    """Return the targets that `make help` offers."""
    return re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def suoja_commands() -> set[str]:
    """Return our own commands of `suoja …`: the program's, and those that a room gives to Django."""
    of_apps = {name for name, app in get_commands().items() if str(app).startswith("suoja")}
    return of_apps | set(cli.COMMANDS)


def event_tags() -> set[str]:
    """Return the tag of each event struct that has one; the bases have none."""
    structs = [thing for thing in vars(wire).values() if isinstance(thing, type) and issubclass(thing, wire.Event)]
    tags = (struct.__struct_config__.tag for struct in structs if struct not in (wire.Event, wire.Numbered))
    return {str(tag) for tag in tags}


def error_classes(base: type[errors.SuojaError] = errors.SuojaError) -> list[type[errors.SuojaError]]:
    """Return every error of the tree, wherever it is defined."""
    return [error for child in base.__subclasses__() for error in (child, *error_classes(child))]


def test_every_setting_is_documented() -> None:
    described = set(SETTING.findall(doc("operate/settings.md")))
    assert settings_read() - described == set()


def test_no_setting_is_documented_that_nobody_reads() -> None:
    described = set(re.findall(r"^\|\s*`(SUOJA_[A-Z_]+)`", doc("operate/settings.md"), re.MULTILINE))
    assert described - settings_read() == set()
    assert described, "docs/operate/settings.md lists each setting in a table whose first column is its name"


def test_every_make_target_is_documented() -> None:
    text = prose()
    assert [target for target in make_targets() if not re.search(rf"\bmake {target}\b", text)] == []


def test_every_command_of_the_program_is_documented() -> None:
    text = prose()
    assert suoja_commands(), "the program has commands"
    assert [name for name in sorted(suoja_commands()) if not re.search(rf"`suoja {name}\b", text)] == []


def test_every_live_command_is_documented() -> None:
    text = doc(PROTOCOL)
    assert [name for name in wire.COMMANDS if f"/live/{name}`" not in text and f"`{name}`" not in text] == []


def test_every_event_is_documented() -> None:
    text = doc(PROTOCOL)
    assert [tag for tag in sorted(event_tags()) if f"`{tag}`" not in text] == []


def test_every_error_is_documented_with_its_status() -> None:
    lines = doc(PROTOCOL).splitlines()
    missing = [
        f"{error.code} {error.status}"
        for error in error_classes()
        if not any(f"`{error.code}`" in line and str(error.status) in line for line in lines)
    ]
    assert missing == []


def test_error_codes_are_told_apart() -> None:
    codes = [error.code for error in error_classes()]
    assert len(codes) == len(set(codes))


def test_errors_live_in_one_file() -> None:
    elsewhere = [error.__name__ for error in error_classes() if error.__module__ != "suoja.lib.errors"]
    assert elsewhere == []
    assert (SUOJA / "lib" / "errors.py").exists()
