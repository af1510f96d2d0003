"""`suoja demo`: the whole service with demo data, over plain http on this machine. A second start keeps everything."""

import os
import socket
from argparse import Namespace

from suoja.commands.port import taken_port
from suoja.commands.prepare import NotReady, prepare_state, prepare_stores, say, start_django
from suoja.lib import clock
from suoja.lib.environment import state_directory
from suoja.lib.state import NotAnInstant, OtherClock, start_demo_state

OTHER_CLOCK = """\
This state was started with another SUOJA_CLOCK, or with none.
    Start with the same one, or give the demo a SUOJA_VAR of its own."""


def run(options: Namespace) -> int:
    """Prepare and serve until Ctrl-C. Return the exit code."""
    # Before the settings are read: they are a demo's from here on.
    os.environ["SUOJA_DEMO"] = "1"
    try:
        port = prepare_demo(options)
    except NotReady as reason:
        say(f"The demo can't start.\n{reason}")
        return 1
    tell(options)
    from suoja.commands.server import serve  # noqa: PLC0415  # It joins all rooms, which exist only from here on.

    return serve(port)


def prepare_demo(options: Namespace) -> socket.socket:
    """Make what is missing of a demo's state. Return the port, which is ours from here on. Raises NotReady."""
    prepare_state(os.environ)
    start_clock()
    start_django()
    port = taken_port(options.host, options.port)
    prepare_stores()
    from suoja.commands.demo_data import ensure_demo_accounts  # noqa: PLC0415  # Models exist only from here on.
    from suoja.lines.actions import ensure_lines  # noqa: PLC0415  # As above.

    ensure_lines()
    ensure_demo_accounts()
    return port


def start_clock() -> None:
    """Mark the state as a demo's, with the clock it is started with. Raises NotReady."""
    try:
        start_demo_state(state_directory(os.environ), os.environ.get("SUOJA_CLOCK", ""), clock.now())
    except OtherClock as error:
        raise NotReady(OTHER_CLOCK) from error
    except NotAnInstant:
        # The checks say it better, together with everything else that is wrong.
        return


def tell(options: Namespace) -> None:
    """Print the addresses and the accounts."""
    from suoja.commands.demo_data import PASSWORD, accounts_told  # noqa: PLC0415  # Models exist only from here on.

    base = f"http://{options.host}:{options.port}"
    say(f"Suoja's demo, on this machine only; Ctrl-C stops it.\n\n  {base}/           the front page (also /sv/, /en/)")
    say(f"  {base}/chat/      the chat as a page of its own")
    say(f"  {base}/console/   helpers' console\n\nAccounts, password {PASSWORD}:\n")
    say("\n".join([*accounts_told(), ""]))
