"""Ports for the servers: each is held from the choice to the end, so that two benches on one machine share none."""

import contextlib
import socket

_FIRST, _LAST = 18_000, 28_000


class NoPort(Exception):
    """Every port is somebody's; the text says which were tried."""


def held_port() -> socket.socket:
    """Return a socket that holds a port and answers nobody: the server that is told the number can listen on it.

    Not one of those that connections take for themselves: while the server is down, one of thousands of tries could be
    given the server's own port as its own, would then be connected to itself, and the server could not start.
    """
    for port in range(_FIRST, _LAST):
        holder = socket.socket()
        with contextlib.suppress(OSError):
            holder.bind(("127.0.0.1", port))
            # Only from here on, so that a second holder is refused, and a server, which always says this, is not.
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            return holder
        holder.close()
    message = f"no port is free from {_FIRST} to {_LAST}"
    raise NoPort(message)
