"""The program itself, started as anybody would start it, on a free port and a state directory of its own."""

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from tests.journeys.sites import HOST_PAGE, Site
from tests.journeys.traces import files_below
from tests.programs import free_port, wait_until_it_serves

STOP_SECONDS = 15


class Service:
    """`suoja demo` in a process of its own. It may be stopped, killed and started again at the same address."""

    def __init__(self, var: Path, **environment: str) -> None:
        """Choose the port; `environment` is added to what the demo gets."""
        self.var = var
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self._environment = {**os.environ, "SUOJA_VAR": str(var), "PORT": str(self.port), **environment}
        self._log = var.parent / f"{var.name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and return when it serves."""
        command = [sys.executable, "-m", "suoja.cli", "demo"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)
        wait_until_it_serves(self._process, self._serves, self.said)

    def stop(self) -> None:
        """Stop as Ctrl-C does, and as a deploy: open streams are told to come back."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End as a power cut does: nobody is told, nothing is tidied up."""
        self._end(signal.SIGKILL)

    def said(self) -> str:
        """Return what the program wrote to its terminal."""
        return self._log.read_text(errors="replace")

    def files(self) -> list[Path]:
        """Return every file of the state directory: databases, their write-ahead logs, whatever else is there."""
        return files_below(self.var)

    @contextmanager
    def running(self, host: Site) -> Iterator["Service"]:
        """Run for as long as the block does; the host's page carries the chat of this service."""
        self.start()
        host.page = HOST_PAGE.format(chat=self.url)
        try:
            yield self
        finally:
            self.stop()

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(STOP_SECONDS)
            self._process = None

    def _serves(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health/", timeout=2) as answer:  # noqa: S310  # Our own address.
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False
