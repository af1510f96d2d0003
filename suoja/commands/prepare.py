"""What has to be there before a process may serve: state, key, clock, sound settings, tables, lines."""

import sys
from collections.abc import Mapping
from pathlib import Path

import django
from django.core.checks import ERROR, CheckMessage, run_checks
from django.core.management import call_command
from django.db import DatabaseError, connections

from suoja.lib.environment import secret_key_file, state_directory
from suoja.lib.state import make_secret, make_state_directory


class NotReady(Exception):
    """Something keeps this command from running; the text is for the operator."""


def prepare_state(environ: Mapping[str, str]) -> None:
    """Make the state directory, and a secret key when the environment brings none."""
    make_state_directory(state_directory(environ))
    if not environ.get("SUOJA_SECRET_KEY"):
        make_secret(secret_key_file(environ))


def start_django(*, fail_level: int = ERROR, is_serving: bool = True) -> None:
    """Load settings and rooms, and ask the checks. Raises NotReady with what the failing ones say."""
    django.setup()
    found = run_checks(include_deployment_checks=is_serving)
    serious = [message for message in found if message.is_serious(fail_level) and not message.is_silenced()]
    if serious:
        raise NotReady("\n".join(map(told, serious)))


def told(message: CheckMessage) -> str:
    """Return a check's message as an operator reads it."""
    hint = f"\n    {message.hint}" if message.hint else ""
    return f"{message.id}: {message.msg}{hint}"


def has_stores() -> bool:
    """Tell whether any of the databases is there; to ask one that is not would make an empty file."""
    return any(Path(connections[alias].settings_dict["NAME"]).exists() for alias in connections)


def stores_not_ready() -> list[str]:
    """Return one sentence for each database that does not answer or is older than the program."""
    return [problem for alias in connections if (problem := _problem_of(alias))]


def _problem_of(alias: str) -> str | None:
    from suoja.health import has_migrations_to_apply  # noqa: PLC0415  # It reads migrations, so after the rooms.

    try:
        is_behind = has_migrations_to_apply(alias)
    except DatabaseError:
        return f"{alias}: the database does not answer."
    return f"{alias}: the database is older than the program; `suoja serve` brings it up." if is_behind else None


def prepare_stores() -> None:
    """Bring both databases up to the program."""
    for alias in connections:
        call_command("migrate", database=alias, interactive=False, verbosity=0)


def say(text: str) -> None:
    """Write a line for the person at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
