"""The demo, with a server in it that starts anew on request: `python -m tests.faults.served`, driven by lines on stdin.

A restart of the process takes seconds, most of them Django's; a property test needs hundreds of restarts. Here the
process stays, and everything that `suoja.asgi` joins (core, writer, hub, journal, endpoint) is joined anew for each
server, over the same files. `restart` stops as a deploy does; `crash` breaks every connection first, so that nobody
hears an answer or a goodbye any more. The true `kill -9` has a test of its own (test_kill.py).
"""

import asyncio
import importlib
import os
import sys
import threading
from argparse import Namespace
from typing import Any

import uvicorn

from suoja.commands import demo


class Servers:
    """One server after the other, at the same port."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._server: Any = None
        self._is_last = False

    def run(self) -> None:
        """Serve until `stop`."""
        import suoja.asgi
        import suoja.commands.server as command

        while not self._is_last:
            importlib.reload(suoja.asgi)
            importlib.reload(command)
            config = command.configuration(self._host, self._port)
            self._server = Told(config, suoja.asgi.core)
            self._server.run()

    def told(self, line: str) -> None:
        """Do what a line says."""
        self._is_last = line == "stop"
        self._server.end(crashes=line == "crash")


class Told(uvicorn.Server):
    """A server that says when it serves, and ends when it is told to."""

    def __init__(self, config: uvicorn.Config, core: Any) -> None:  # noqa: ANN401  # The core of a module loaded anew.
        super().__init__(config)
        self._core = core

    async def startup(self, sockets: Any = None) -> None:  # noqa: ANN401  # As uvicorn has it.
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        say("serving")

    def end(self, *, crashes: bool) -> None:
        """End as at a signal; when it crashes, nobody hears of it."""
        if crashes:
            self._loop.call_soon_threadsafe(self._break_connections)
        self._core.say_goodbye()
        self.should_exit = True

    def _break_connections(self) -> None:
        for connection in list(self.server_state.connections):
            connection.transport.abort()


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main() -> None:
    port = int(sys.argv[1])
    options = Namespace(host="127.0.0.1", port=port)
    demo.prepare_demo(options).close()
    servers = Servers(options.host, options.port)

    def listen() -> None:
        for line in sys.stdin:
            servers.told(line.strip())

    threading.Thread(target=listen, daemon=True).start()
    servers.run()


if __name__ == "__main__":
    # What the program's own start does before it loads anything.
    os.environ["SUOJA_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suoja.settings")
    main()
