"""Can this process serve? Asked by /health/, and by `suoja serve` before it opens its door."""

from typing import Literal

import msgspec
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from suoja.lib import clock
from suoja.lib.assets import MissingAsset, manifest

Reason = Literal["database", "storage", "migrations", "assets"]

PROBE_EVERY = 2.0
"""Seconds that an answer about the disk is good for: whoever asks more often costs no more writes."""

PROBE = "PRAGMA user_version = 1"

_up_to_date: set[str] = set()
_writable: dict[str, tuple[float, bool]] = {}


class Health(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answer of /health/."""

    status: Literal["ok", "unavailable"]
    reason: Reason | None = None


def reason_not_to_serve() -> Reason | None:
    """Return what keeps this process from serving, or None when nothing does."""
    try:
        is_behind = any(not is_up_to_date(alias) for alias in connections)
    except DatabaseError:
        return "database"
    if is_behind:
        return "migrations"
    if not all(can_commit(alias, clock.monotonic()) for alias in connections):
        return "storage"
    return None if has_assets() else "assets"


def is_up_to_date(alias: str) -> bool:
    """Say whether a database answers and has this program's tables. Raises DatabaseError when it does not answer.

    What was up to date once stays so for this process, so a flood of questions costs a flood of trifles only.
    """
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1")
    if alias not in _up_to_date and not has_migrations_to_apply(alias):
        _up_to_date.add(alias)
    return alias in _up_to_date


def can_commit(alias: str, now: float) -> bool:
    """Say whether a database takes writes: not on a full disk or one that went read-only, where reading still works.

    It is tried: a number in the file's head that nobody uses is written anew, with all that a commit takes.
    """
    asked_at, answer = _writable.get(alias, (-PROBE_EVERY, False))
    if now - asked_at >= PROBE_EVERY:
        answer = _has_written(alias)
        _writable[alias] = (now, answer)
    return answer


def _has_written(alias: str) -> bool:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(PROBE)
    except DatabaseError:
        return False
    return True


def has_migrations_to_apply(alias: str) -> bool:
    """Say whether a database is older than the program. Raises DatabaseError when it does not answer."""
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def has_assets() -> bool:
    """Say whether the front end has been built."""
    try:
        return bool(manifest())
    except MissingAsset:
        return False
