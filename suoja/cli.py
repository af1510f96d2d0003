"""The installed program: `suoja demo`, `serve`, `tick`, `check`; anything else is one of Django's own commands."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from suoja import __version__

COMMANDS = {
    "demo": "everything with demo data, on this machine, over plain http",
    "serve": "the service, behind a reverse proxy that speaks HTTPS",
    "tick": "what has to happen now and then: delete what is due, shorten the write-ahead logs",
    "check": "everything that would keep `serve` from starting, and Django's own advice",
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    # Whatever a command makes, a database's file above all, is for the account that runs it alone.
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suoja.settings")
    if arguments and arguments[0] not in {*COMMANDS, "-h", "--help", "--version"}:
        _run_django(arguments)
        return
    options = parser().parse_args(arguments or ["--help"])
    module = import_module(f"suoja.commands.{options.command}")
    sys.exit(module.run(options))


def parser() -> argparse.ArgumentParser:
    """Return the parser of our own commands."""
    program = argparse.ArgumentParser(
        prog="suoja",
        description="Suoja: an anonymous, end-to-end encrypted one-to-one crisis chat.",
        epilog="Any other command is one of Django's: `suoja help` lists them. Settings: docs/operate/settings.md.",
    )
    program.add_argument("--version", action="version", version=__version__)
    commands = program.add_subparsers(dest="command", required=True, metavar="command")
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=f"{name}: {summary}.")
        if name in {"demo", "serve"}:
            _add_address(command)
    return program


def _add_address(command: argparse.ArgumentParser) -> None:
    port = os.environ.get("PORT") or "8000"
    command.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    command.add_argument("--port", type=int, default=port, help="the port (default: PORT, or 8000)")


def _run_django(arguments: Sequence[str]) -> None:
    from django.core.management import execute_from_command_line  # noqa: PLC0415  # Our own --help needs no Django.

    execute_from_command_line(["suoja", *arguments])


if __name__ == "__main__":
    main()
