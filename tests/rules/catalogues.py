"""What the program says and what the catalogues hold, for the rules about texts."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.rules.house import SUOJA, files_under, tree_of

LANGUAGES = ("fi", "sv")

# How many of a function's first arguments are texts, and whether the first of them is a context.
FUNCTIONS = {
    "_": (False, 1),
    "gettext": (False, 1),
    "gettext_lazy": (False, 1),
    "gettext_noop": (False, 1),
    "ngettext": (False, 2),
    "ngettext_lazy": (False, 2),
    "pgettext": (True, 1),
    "pgettext_lazy": (True, 1),
    "npgettext": (True, 2),
    "npgettext_lazy": (True, 2),
}
STRING = r"""[uU]?("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
IN_TEMPLATE = re.compile(rf"\b(n?p?gettext|_)\(\s*{STRING}(?:\s*,\s*{STRING})?", re.DOTALL)


class Text(NamedTuple):
    """One text by its English id, with where it stands."""

    context: str
    id: str
    room: str
    path: Path


class Entry(NamedTuple):
    """One message of a catalogue: every form of its translation."""

    context: str
    id: str
    forms: tuple[str, ...]
    is_fuzzy: bool
    path: Path


def room_of(path: Path) -> str:
    """Return the room of a file; empty for what belongs to no room."""
    parts = path.relative_to(SUOJA).parts
    return parts[0] if len(parts) > 1 and parts[0] not in {"locale", "templates"} else ""


def texts_of_python(path: Path) -> Iterator[Text]:
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        constants = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        strings = [value for value in constants if isinstance(value, str)]
        if name in FUNCTIONS and strings:
            has_context, _ = FUNCTIONS[name]
            context, text = (strings[0], strings[1]) if has_context else ("", strings[0])
            yield Text(context, text, room_of(path), path)


def texts_of_template(path: Path) -> Iterator[Text]:
    """Read a template as Django's makemessages does, but without the gettext programs."""
    for name, first, second in IN_TEMPLATE.findall(templatize(path.read_text(encoding="utf-8"))):
        has_context, _ = FUNCTIONS[name]
        context, text = (first, second) if has_context else ("''", first)
        yield Text(ast.literal_eval(context), ast.literal_eval(text), room_of(path), path)


@cache
def texts() -> tuple[Text, ...]:
    """Return everything that the program can say, from its Python and its templates."""
    python = [text for path in files_under(SUOJA, ".py") for text in texts_of_python(path)]
    templates = [text for path in files_under(SUOJA, ".html", ".txt") for text in texts_of_template(path)]
    return (*python, *templates)


def catalogue_files(language: str) -> list[Path]:
    return sorted(SUOJA.glob(f"**/locale/{language}/LC_MESSAGES/django.po"))


def entries_of(path: Path) -> Iterator[Entry]:
    with path.open("rb") as lines:
        catalogue = read_po(lines, locale=path.parts[-3], abort_invalid=True)
    for message in catalogue:
        if message.id:
            text = message.id if isinstance(message.id, str) else message.id[0]
            forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
            yield Entry(message.context or "", text, forms, message.fuzzy, path)


@cache
def entries(language: str) -> tuple[Entry, ...]:
    return tuple(entry for path in catalogue_files(language) for entry in entries_of(path))
