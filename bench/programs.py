"""The servers that are measured: each a process of its own, pinned to its core, with a state directory of its own."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Self
from urllib.error import HTTPError

from bench.ports import held_port

ROOT = Path(__file__).resolve().parents[1]
SECRET = "a secret for the bench alone, which signs its own helpers' grants"  # noqa: S105  # Of no service.

_STARTS_IN = 60.0
_STOPS_IN = 15.0

# A visitor's address counts for nothing here: all of them come from this machine within seconds.
_LIMITS = "entries_burst=100000 entries_per_second=100000"


class NotServing(Exception):
    """A program did not start; the text is what it said."""


def environment(var: Path) -> dict[str, str]:
    """Return what the program is told: a state of its own, a known secret, one page more than it has."""
    return {
        "SUOJA_VAR": str(var),
        "SUOJA_SECRET_KEY": SECRET,
        "SUOJA_LIMITS": _LIMITS,
        "DJANGO_SETTINGS_MODULE": "bench.servers.page_settings",
    }


class Program:
    """One server on one core."""

    def __init__(self, var: Path, core: int, arguments: Sequence[str], ready: str, **settings: str) -> None:
        """Take where it keeps its state, its core, how to start it, and which path answers when it serves."""
        self._var, self._core, self._arguments, self._ready = var, core, arguments, ready
        self._settings = settings
        self._port = held_port()
        self.address: tuple[str, int] = self._port.getsockname()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> int:
        """Return the process's number."""
        if self._process is None:
            message = "not started"
            raise NotServing(message)
        return self._process.pid

    def launch(self) -> None:
        """Start it on its core, and don't wait."""
        command = [sys.executable, "-m", *self._arguments, "--port", str(self.address[1])]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  # Our own programs.
                command, cwd=ROOT, env=os.environ | self._settings, stdout=log, stderr=log
            )
        # Its threads come later, and stay on the core where it began.
        os.sched_setaffinity(self._process.pid, {self._core})

    def __enter__(self) -> Self:
        """Start it, and return when it serves. Raises NotServing."""
        try:
            self.launch()
            self._await_serving()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        """End it as an operator does; a server that does not end by itself is killed."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(_STOPS_IN)
            except subprocess.TimeoutExpired:
                self.kill()
        self._process = None
        self._port.close()

    def kill(self) -> None:
        """End it as a power cut does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @property
    def _log(self) -> Path:
        return self._var.with_suffix(".log")

    def _await_serving(self) -> None:
        deadline = time.monotonic() + _STARTS_IN
        while not self._serves():
            if self._process is None or self._process.poll() is not None or time.monotonic() > deadline:
                raise NotServing(self._log.read_text(encoding="utf-8", errors="replace"))
            time.sleep(0.05)

    def _serves(self) -> bool:
        url = f"http://localhost:{self.address[1]}{self._ready}"
        try:
            with urllib.request.urlopen(url, timeout=2):  # Our own address.
                return True
        except HTTPError as error:
            # A baseline has no such page; a program that is not ready says 503.
            return error.code == HTTPStatus.NOT_FOUND
        except OSError:
            return False


def suoja(var: Path, core: int) -> Program:
    """Return the program itself, as `suoja demo` starts it."""
    return Program(var, core, ["suoja.cli", "demo"], "/health/", **environment(var))


def baseline(name: str, var: Path, core: int) -> Program:
    """Return one of the servers that we are measured against."""
    return Program(var, core, ["bench.servers", name], "/", BENCH_VAR=str(var))
