"""Looks into the talks store from outside: what is there of the conversations of one journey."""

import sqlite3
from contextlib import closing
from pathlib import Path

TABLES = {"conversations_conversation": "code", "conversations_entry": "conversation"}


class TalksBegunSince:
    """Counts rows of conversations that were not there when this was made.

    An earlier journey may have left one that has to wait for its two minutes: its visitor was offline.
    """

    def __init__(self, var: Path) -> None:
        """Remember what is there already."""
        self._address = f"file:{var / 'talks.sqlite3'}?mode=ro"
        self._before = set(self._codes())

    def rows(self) -> int:
        """Return how many rows the store has of them, of whatever kind."""
        return len([code for code in self._codes() if code not in self._before])

    def _codes(self) -> list[str]:
        with closing(sqlite3.connect(self._address, uri=True)) as store:
            queries = [f"SELECT {column} FROM {table}" for table, column in TABLES.items()]  # noqa: S608  # Our own names.
            return [code for query in queries for (code,) in store.execute(query)]
