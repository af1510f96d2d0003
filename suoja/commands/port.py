"""The port that a command will serve at, taken before anything is said or changed."""

import errno
import socket

from suoja.commands.prepare import NotReady


def taken_port(host: str, port: int) -> socket.socket:
    """Return a socket that holds the port and answers nobody yet. Raises NotReady with one sentence when it can't."""
    holder = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    # Connections of a service that has just stopped linger for a minute, and don't keep the next one from starting.
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        holder.bind((host, port))
    except (OSError, OverflowError) as error:
        holder.close()
        raise NotReady(_reason(host, port, error)) from error
    return holder


def _reason(host: str, port: int, error: OSError | OverflowError) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return f"Another program already has port {port} of {host}: stop it, or choose another port with --port."
    return f"Port {port} of {host} can't be used: {error}."
