"""What has to be there before a process may serve: state, key, clock, sound settings, tables, lines."""

import sys
from collections.abc import Mapping

import django
from django.core.checks import ERROR, CheckMessage, run_checks
from django.core.management import call_command
from django.db import connections

from suoja.lib.environment import secret_key_file, state_directory
from suoja.lib.state import make_secret, make_state_directory


class NotReady(Exception):
    """Something keeps this command from running; the text is for the operator."""


def prepare_state(environ: Mapping[str, str]) -> None:
    """Make the state directory, and a secret key when the environment brings none."""
    make_state_directory(state_directory(environ))
    if not environ.get("SUOJA_SECRET_KEY"):
        make_secret(secret_key_file(environ))


def start_django(*, fail_level: int = ERROR) -> None:
    """Load settings and rooms, and ask every check. Raises NotReady with what the failing ones say."""
    django.setup()
    serious = [message for message in run_checks(include_deployment_checks=True) if message.is_serious(fail_level)]
    if serious:
        raise NotReady("\n".join(map(told, serious)))


def told(message: CheckMessage) -> str:
    """Return a check's message as an operator reads it."""
    hint = f"\n    {message.hint}" if message.hint else ""
    return f"{message.id}: {message.msg}{hint}"


def prepare_stores() -> None:
    """Bring both databases up to the program."""
    for alias in connections:
        call_command("migrate", database=alias, interactive=False, verbosity=0)


def say(text: str) -> None:
    """Write a line for the person at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
