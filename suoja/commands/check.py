"""`suoja check`: say everything that would keep `suoja serve` from starting, and change nothing."""

from argparse import Namespace

from django.core.checks import WARNING
from django.db import DatabaseError, connections

from suoja.commands.prepare import NotReady, say, start_django


def run(_options: Namespace) -> int:
    """Ask every check and both databases. Return 0 when all is well."""
    try:
        start_django(fail_level=WARNING)
    except NotReady as reason:
        say(str(reason))
        return 1
    behind = databases_not_ready()
    if behind:
        say("\n".join(behind))
        return 1
    say("All is well.")
    return 0


def databases_not_ready() -> list[str]:
    """Return one sentence for each database that does not answer or is older than the program."""
    from suoja.health import has_migrations_to_apply  # noqa: PLC0415  # It reads migrations: after the rooms are there.

    problems = []
    for alias in connections:
        try:
            if has_migrations_to_apply(alias):
                problems.append(f"{alias}: the database is older than the program; `suoja serve` brings it up.")
        except DatabaseError:
            problems.append(f"{alias}: the database does not answer.")
    return problems
