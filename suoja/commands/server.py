"""The web server: one process that holds Django and the live core, and lets its streams go before it stops."""

import os
import resource
import socket
import threading
from types import FrameType

import uvicorn
from django.conf import settings

from suoja.asgi import core

STREAMS_WITHIN = 2
"""Seconds that answers under way are given at the end: a reader that takes nothing is not waited for any longer."""

STOPPED_WITHIN = 4
"""Seconds after a signal at which the process is over, whatever holds it: a disk that hangs, a page being rendered."""

UNSENT_BYTES = 64 * 1024
"""What the kernel takes for one connection beyond what is on its way: a slow reader is noticed soon."""


class Server(uvicorn.Server):
    """uvicorn, whose signal handler first tells the core: open streams say "come back" and end."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Let the streams go, then stop as uvicorn does; and see to it that the process does stop."""
        if not self.should_exit:
            stop_at_the_latest()
        core.say_goodbye()
        super().handle_exit(sig, frame)


def stop_at_the_latest() -> None:
    """End this process in a few seconds without asking anybody: whatever was acknowledged is on the disk."""
    timer = threading.Timer(STOPPED_WITHIN, os._exit, [0])
    timer.daemon = True
    timer.start()


def serve(port: socket.socket) -> int:
    """Serve at a port that is already ours, until a signal. Return the exit code."""
    # A crash must not write the memory of running talks to the disk.  # safety 39
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    bound_readers(port)
    server = Server(configuration(*port.getsockname()[:2]))
    try:
        server.run(sockets=[port])
    except KeyboardInterrupt:
        # uvicorn has stopped cleanly and passes the signal on.
        return 0
    return 0 if server.started else 1


def bound_readers(port: socket.socket) -> None:
    """Have the kernel hold little for a reader that is slow, and end the connection of one that takes nothing.

    Without these it would store four megabytes for each, and keep a phone that has vanished for a quarter of an hour, a
    reader that reads no more for ever. Connections inherit both from the port that they come in by.  # safety 38
    """
    port.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT_BYTES)
    port.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, round(core.limits.send_within * 1000))


def configuration(host: str, port: int) -> uvicorn.Config:
    """Return uvicorn's configuration: no WebSockets, no access log, no header that names the program."""
    proxies = settings.SUOJA_TRUSTED_PROXIES
    return uvicorn.Config(
        "suoja.asgi:application",
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        # Access logs hold addresses.  # M9
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        timeout_graceful_shutdown=STREAMS_WITHIN,
        workers=1,
    )
