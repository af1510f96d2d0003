"""A talks store on a real file, as the service makes it: same settings, same migrations."""

import copy
import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import ConnectionHandler

from suoja.conversations.journal import SqlStorage
from suoja.live.journal import Journal
from suoja.live.limits import Limits
from tests.live.asgi import line_rule

FILE = "talks.sqlite3"


def connections_to(file: Path) -> ConnectionHandler:
    """Return connections with the service's own settings to one file."""
    talks = copy.deepcopy(settings.DATABASES["talks"]) | {"NAME": file}
    return ConnectionHandler({"default": talks, "talks": talks})


def migrated(file: Path) -> Path:
    """Make an empty store. On a thread of its own: migrations find their store by its name among that thread's."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(_migrate, file).result()
    return file


def _migrate(file: Path) -> None:
    connection = connections["talks"] = connections_to(file)["talks"]
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("conversations"))
    connection.close()


class Store:
    """One talks store, its files, and journals over it."""

    def __init__(self, folder: Path, template: Path) -> None:
        folder.mkdir()
        self.folder = folder
        shutil.copy(template, folder / FILE)
        self.connections = connections_to(folder / FILE)
        self.storage = SqlStorage(self.connections)

    def journal(self, limits: Limits | None = None) -> Journal:
        return Journal(self.storage, line_rule, limits)

    def bytes_on_disk(self) -> bytes:
        """Return everything that is in the store's files."""
        return b"".join(path.read_bytes() for path in self.folder.iterdir())

    def rows(self, table: str) -> int:
        with closing(sqlite3.connect(self.folder / FILE)) as file:
            count: int = file.execute(f"SELECT count(*) FROM conversations_{table}").fetchone()[0]  # noqa: S608  # One of our tables.
            return count


NewStore = Callable[[], Store]
