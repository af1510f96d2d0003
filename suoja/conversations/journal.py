"""The SQL storage of the journal: plain statements on the talks store, no ORM on the message path.

Written by the writer's thread alone; read from other threads by single statements on connections of their own, so that
no reader holds a snapshot open while the log is being shortened.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from django.db import Error, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.utils import ConnectionHandler

from suoja.conversations import sql
from suoja.lib.codes import ConversationCode, DutyCode, HelperCode, LineCode
from suoja.lib.stores import TALKS
from suoja.live.records import Change, Conversation, Duty, Entry
from suoja.live.storage import Cutoffs, Due

_SCRUB_WAITS_MS = 100
"""How long the writer may wait for readers before it leaves the log to the next sweep."""


class SqlStorage:
    """The journal's records in the talks store."""

    def __init__(self, connections: ConnectionHandler) -> None:
        """Take Django's connections: each thread has its own of each store."""
        self._connections = connections

    @property
    def _connection(self) -> BaseDatabaseWrapper:
        connection: BaseDatabaseWrapper = self._connections[TALKS]
        return connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the write lock from the start (BEGIN IMMEDIATE), so that what was read stays true until the commit."""
        connection = self._connection
        with connection.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
            try:
                yield
                cursor.execute("COMMIT")
            except BaseException:
                _rolled_back(connection)
                raise

    # --- writing --------------------------------------------------------------------------------------------------

    def write(self, change: Change) -> None:
        with self._connection.cursor() as cursor:
            for conversation in change.saved:
                cursor.execute(sql.SAVE_CONVERSATION, sql.conversation_values(conversation))
            for entry in change.appended:
                cursor.execute(sql.APPEND_ENTRY, sql.entry_values(entry))
            for code in change.emptied:
                cursor.execute(sql.EMPTY_LOG, [code])
            for code in change.removed:
                cursor.execute(sql.REMOVE_CONVERSATION, [code])
            for duty in change.duties:
                cursor.execute(sql.SAVE_DUTY, sql.duty_values(duty))
            for duty_code in change.removed_duties:
                cursor.execute(sql.REMOVE_DUTY, [duty_code])

    # --- reading --------------------------------------------------------------------------------------------------

    def conversation(self, code: ConversationCode) -> Conversation | None:
        rows = self._rows(sql.CONVERSATION, [code])
        return sql.conversation_of(rows[0]) if rows else None

    def living(self) -> list[Conversation]:
        return [sql.conversation_of(row) for row in self._rows(sql.LIVING, [])]

    def held_by(self, duty: DutyCode) -> list[Conversation]:
        return [sql.conversation_of(row) for row in self._rows(sql.HELD_BY, [duty])]

    def count_active(self, helper: HelperCode) -> int:
        count: int = self._rows(sql.COUNT_ACTIVE, [helper])[0][0]
        return count

    def waiting(self, line: LineCode) -> Iterator[Conversation]:
        with self._connection.cursor() as cursor:
            cursor.execute(sql.WAITING, [line])
            for row in cursor:
                yield sql.conversation_of(row)

    def entries(self, conversation: ConversationCode, after: int, limit: int) -> list[bytes]:
        return [bytes(row[0]) for row in self._rows(sql.ENTRIES, [conversation, after, limit])]

    def sent(self, conversation: ConversationCode, sender: str, messages: Iterable[str]) -> Mapping[str, Entry]:
        wanted = msgspec.json.encode(list(messages)).decode()
        rows = self._rows(sql.SENT, [conversation, sender, wanted])
        return {row[1]: Entry(conversation, row[0], sender, row[1], bytes(row[2])) for row in rows}

    def duty(self, code: DutyCode) -> Duty | None:
        rows = self._rows(sql.DUTY, [code])
        return sql.duty_of(rows[0]) if rows else None

    def running_duties(self) -> list[Duty]:
        return [sql.duty_of(row) for row in self._rows(sql.RUNNING_DUTIES, [])]

    def due(self, before: Cutoffs) -> Due:
        return Due(
            to_finish=self._codes(sql.ENDINGS_DUE, [before.ending_at]),
            to_expire=self._codes(sql.ROWS_DUE, [before.ended_at, before.opened_at]),
            lost_duties=self._codes(sql.LOST_DUTIES, [before.lease_until]),
            old_duties=self._codes(sql.OLD_DUTIES, [before.duty_ended_at]),
        )

    # --- keeping the files clean ----------------------------------------------------------------------------------

    def scrub(self) -> bool:
        """Move the write-ahead log into the (overwriting) tables and cut it to nothing: deleted text stays in it."""
        if self._connection.vendor != "sqlite":
            return True
        with self._hurried() as cursor:
            return _is_cut(cursor)

    def compact(self) -> bool:
        """Rewrite the tables when no entry lives, so that the file is tiny and the writer hardly waits.

        secure_delete overwrites what is deleted where it lies; it does not overwrite the copy that a page keeps of a
        row which SQLite had moved to a neighbour while it balanced its trees.
        """
        if self._rows(sql.HAS_ENTRIES, [])[0][0]:
            return False
        if self._connection.vendor != "sqlite":
            return True
        with self._hurried() as cursor:
            # What is rewritten goes by way of a temporary store: never a file in the machine's common folder.
            cursor.execute("PRAGMA temp_store = MEMORY")
            try:
                cursor.execute("VACUUM")
            except OperationalError:  # Somebody else writes; the next sweep tries again.
                return False
            return _is_cut(cursor)

    @contextmanager
    def _hurried(self) -> Iterator[CursorWrapper]:
        """Give a cursor that waits for nobody for long: messages wait behind it."""
        with self._connection.cursor() as cursor:
            before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
            cursor.execute(f"PRAGMA busy_timeout = {_SCRUB_WAITS_MS}")
            try:
                yield cursor
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {before}")

    def close(self) -> None:
        """Close the calling thread's connections, to the other store too: the line rule is read there."""
        self._connections.close_all()

    def _rows(self, statement: str, values: Sequence[sql.Value]) -> list[tuple[Any, ...]]:
        with self._connection.cursor() as cursor:
            cursor.execute(statement, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def _codes(self, statement: str, values: Sequence[sql.Value]) -> list[Any]:
        return [row[0] for row in self._rows(statement, values)]


def _is_cut(cursor: CursorWrapper) -> bool:
    """Cut the write-ahead log; tell whether nobody was in the way."""
    is_busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy


def _rolled_back(connection: BaseDatabaseWrapper) -> None:
    """Roll back; a connection that can't (a full disk may have done it already) is given up with all it held."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
    except Error:
        connection.close()
