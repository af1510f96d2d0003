"""The program itself, started as anybody would start it, on a free port and a state directory of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

START_SECONDS = 60
STOP_SECONDS = 15


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Service:
    """`suoja demo` in a process of its own."""

    def __init__(self, var: Path, **environment: str) -> None:
        """Choose the port; `environment` is added to what the demo gets."""
        self.var = var
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self._environment = {**os.environ, "SUOJA_VAR": str(var), "PORT": str(self.port), **environment}
        self._log = (var.parent / f"{var.name}.log").open("ab")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and return when it serves."""
        command = [sys.executable, "-m", "suoja.cli", "demo"]
        self._process = subprocess.Popen(command, env=self._environment, stdout=self._log, stderr=self._log)
        deadline = time.monotonic() + START_SECONDS
        while not self._serves():
            if self._process.poll() is not None or time.monotonic() > deadline:
                message = f"the service did not start:\n{self.said()}"
                raise RuntimeError(message)
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop as Ctrl-C does."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(STOP_SECONDS)
            self._process = None
        self._log.close()

    def said(self) -> str:
        """Return what the program wrote to its terminal."""
        return Path(self._log.name).read_text(errors="replace")

    def files(self) -> list[Path]:
        """Return every file of the state directory: databases, their write-ahead logs, whatever else is there."""
        return [path for path in self.var.rglob("*") if path.is_file()]

    def _serves(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health/", timeout=2) as answer:  # noqa: S310  # Our own address.
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False
