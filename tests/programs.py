"""The program in a process of its own, as several kinds of test start it."""

import socket
import subprocess
import time
from collections.abc import Callable

START_SECONDS = 60


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port: int = holder.getsockname()[1]
        return port


def wait_until_it_serves(
    process: subprocess.Popen[bytes] | subprocess.Popen[str], serves: Callable[[], bool], said: Callable[[], str]
) -> None:
    """Return when a process that was just started serves; say what it wrote when it does not come to that."""
    deadline = time.monotonic() + START_SECONDS
    while not serves():
        if process.poll() is not None or time.monotonic() > deadline:
            message = f"the service did not start:\n{said()}"
            raise RuntimeError(message)
        time.sleep(0.05)
