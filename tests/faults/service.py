"""The service under test: a process of its own with a state directory of its own, that can be stopped in every way."""

import contextlib
import os
import resource
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from tests.programs import free_port, wait_until_it_serves

STOP_SECONDS = 15

SHORT = "heartbeat_active=0.2 heartbeat_waiting=0.4 credits_per_second=100 credits_burst=200 ending_lasts=20"
"""Browsers whose clock runs five times faster answer five times as many heartbeats."""


class Process:
    """One program over one state directory, at one port, started as often as it is stopped."""

    def __init__(self, var: Path, *command: str, limits: str = SHORT, **environment: str) -> None:
        self.var, self.port = var, free_port()
        self.command = (sys.executable, "-m", *command)
        self._environment = {
            **os.environ,
            "SUOJA_VAR": str(var),
            "PORT": str(self.port),
            "SUOJA_LIMITS": limits,
            **environment,
        }
        self._errors = (var.parent / f"{var.name}.log").open("ab")
        self._process: subprocess.Popen[str] | None = None

    @property
    def running(self) -> "subprocess.Popen[str]":
        assert self._process is not None, "the service was never started"
        return self._process

    def start(self) -> None:
        """Start, and return when it serves."""
        self._process = subprocess.Popen(
            self.command,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        wait_until_it_serves(self._process, lambda: self.health() == (200, ""), self.said)

    def stop(self) -> None:
        """Stop as a deploy does."""
        self.running.terminate()
        self._reap()

    def kill(self) -> None:
        """Stop as a power cut does."""
        self.running.kill()
        self._reap()

    def close(self) -> None:
        """Stop for good, in whatever state it is."""
        if self._process is not None:
            self._process.kill()
            self._reap()
        self._errors.close()

    def _reap(self) -> None:
        self.running.wait(STOP_SECONDS)
        for pipe in (self.running.stdin, self.running.stdout):
            assert pipe is not None
            with contextlib.suppress(OSError):
                pipe.close()

    def said(self) -> str:
        """Return what the program logged."""
        return Path(self._errors.name).read_text(errors="replace")

    def health(self) -> tuple[int, str]:
        """Return the status of /health/ and what keeps the service from serving; (0, "") when nobody answers."""
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}/health/", timeout=5) as answer:
                return answer.status, ""
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def fill_the_disk(self) -> None:
        """Let no file grow any more. Python ignores the signal of it, so a write fails as on a full disk."""
        resource.prlimit(self.running.pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))

    def empty_the_disk(self) -> None:
        """Give the room back."""
        resource.prlimit(self.running.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def demo(var: Path, **environment: str) -> Process:
    """Return the demo, as anybody would start it."""
    return Process(var, "suoja.cli", "demo", **environment)


class Restartable(Process):
    """The demo with a server in it that starts anew in a moment (tests/faults/served.py)."""

    def __init__(self, var: Path, **environment: str) -> None:
        super().__init__(var, "tests.faults.served", **environment)
        self.command = (*self.command, str(self.port))

    def start(self) -> None:
        super().start()
        self._await_serving()

    def restart(self) -> None:
        """Stop cleanly, and serve again."""
        self._tell("restart")

    def crash(self) -> None:
        """Break every connection, and serve again."""
        self._tell("crash")

    def _tell(self, word: str) -> None:
        assert self.running.stdin is not None
        self.running.stdin.write(f"{word}\n")
        self.running.stdin.flush()
        self._await_serving()

    def _await_serving(self) -> None:
        assert self.running.stdout is not None
        assert self.running.stdout.readline() == "serving\n", self.said()
