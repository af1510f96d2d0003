"""The web server: one process that holds Django and the live core, and lets its streams go before it stops."""

import resource
import socket
from types import FrameType

import uvicorn
from django.conf import settings

from suoja.asgi import core

# A stream gives no sign of its own at shutdown: the hub ends it at the signal, and this is only the backstop.
STOP_SECONDS = 5


class Server(uvicorn.Server):
    """uvicorn, whose signal handler first tells the core: open streams say "come back" and end."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Let the streams go, then stop as uvicorn does."""
        core.say_goodbye()
        super().handle_exit(sig, frame)


def serve(port: socket.socket) -> int:
    """Serve at a port that is already ours, until a signal. Return the exit code."""
    # A crash must not write the memory of running talks to the disk.  # safety 39
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    server = Server(configuration(*port.getsockname()[:2]))
    try:
        server.run(sockets=[port])
    except KeyboardInterrupt:
        # uvicorn has stopped cleanly and passes the signal on.
        return 0
    return 0 if server.started else 1


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
        timeout_graceful_shutdown=STOP_SECONDS,
        workers=1,
    )
