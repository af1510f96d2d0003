"""Stores of the talks on real files; in memory there would be nothing to search."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.conversations.talks import FILE, NewStore, Store, migrated


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """Give an empty store to copy: migrating takes longer than most tests."""
    with django_db_blocker.unblock():
        return migrated(tmp_path_factory.mktemp("template") / FILE)


@pytest.fixture
def new_store(tmp_path: Path, template: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[NewStore]:
    """Give stores, each on a file of its own."""
    stores: list[Store] = []
    numbers = itertools.count()

    def new() -> Store:
        stores.append(Store(tmp_path / f"store-{next(numbers)}", template))
        return stores[-1]

    with django_db_blocker.unblock():
        yield new
        for store in stores:
            store.connections.close_all()


@pytest.fixture
def store(new_store: NewStore) -> Store:
    """Give one store."""
    return new_store()
