"""Can this process serve? Asked by /health/, and by `suoja serve` before it opens its door."""

from typing import Literal

import msgspec
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from suoja.lib.assets import MissingAsset, manifest

Reason = Literal["database", "migrations", "assets"]


class Health(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answer of /health/."""

    status: Literal["ok", "unavailable"]
    reason: Reason | None = None


def reason_not_to_serve() -> Reason | None:
    """Return what keeps this process from serving, or None when nothing does."""
    try:
        behind = [alias for alias in connections if has_migrations_to_apply(alias)]
    except DatabaseError:
        return "database"
    if behind:
        return "migrations"
    return None if has_assets() else "assets"


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
