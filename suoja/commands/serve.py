"""`suoja serve`: the service itself. It starts only when every promise can be kept."""

import os
from argparse import Namespace

from django.core.checks import WARNING

from suoja.commands.port import taken_port
from suoja.commands.prepare import NotReady, prepare_state, prepare_stores, say, start_django


def run(options: Namespace) -> int:
    """Prepare and serve until told to stop. Return the exit code."""
    # A demo is started by `suoja demo` alone: an inherited variable must not loosen a real service.
    os.environ.pop("SUOJA_DEMO", None)
    prepare_state(os.environ)
    try:
        start_django(fail_level=WARNING)
        # Before the databases: beside a service that still runs, they stay as it knows them.
        port = taken_port(options.host, options.port)
    except NotReady as reason:
        say(f"The service does not start.\n{reason}")
        return 1
    prepare_stores()
    from suoja.commands.server import serve  # noqa: PLC0415  # It joins all rooms, which exist only from here on.
    from suoja.lines.actions import ensure_lines  # noqa: PLC0415  # As above.

    ensure_lines()
    return serve(port)
