"""Every table has a lifetime and something that ends it in docs/privacy.md, and every column of ours its reason there.

A row of that page is `| `table` | what it is for | lifetime | what ends it |`.
"""

import re

from django.apps import apps

from tests.rules.house import doc

PAGE = "privacy.md"
CELLS_OF_A_ROW = 4


def rows() -> dict[str, list[str]]:
    """Return the page's rows by the table that each begins with; there may be more cells than these four."""
    found = {}
    for line in doc(PAGE).splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if name := re.fullmatch(r"`(\w+)`", cells[0]):
            found[name.group(1)] = cells
    return found


def tables() -> set[str]:
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True)}


def columns_of_ours() -> set[tuple[str, str]]:
    """Return table and column of each model of the program itself."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("suoja.")]
    return {(model._meta.db_table, field.name) for model in ours for field in model._meta.local_concrete_fields}


def test_there_are_tables() -> None:
    assert tables()
    assert columns_of_ours()


def test_every_table_has_a_lifetime_and_a_purge() -> None:
    described = rows()
    lacking = [
        table
        for table in sorted(tables())
        if len(described.get(table, [])) < CELLS_OF_A_ROW or not all(described[table][:CELLS_OF_A_ROW])
    ]
    assert lacking == []


def test_every_column_of_ours_is_listed() -> None:
    page = doc(PAGE)
    assert [f"{table}.{column}" for table, column in sorted(columns_of_ours()) if f"`{column}`" not in page] == []


def test_no_table_is_described_that_is_not_there() -> None:
    described = {name for name, cells in rows().items() if len(cells) >= CELLS_OF_A_ROW and "_" in name}
    assert sorted(described - tables()) == []
