"""The program started as anybody would start it, over a state of its own."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NOON = "2024-06-19T12:00:00+03:00"
START_SECONDS = 40


@contextmanager
def demo(var: Path, **environment: str) -> Iterator[str]:
    """Run a demo; the block gets its address when it serves."""
    port = str(20000 + os.getpid() % 20000)
    told = var.parent / "told.txt"
    settings = {name: value for name, value in os.environ.items() if not name.startswith("SUOJA_")}
    with told.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "suoja.cli", "demo"],
            env={**settings, "SUOJA_VAR": str(var), "PORT": port, **environment},
            stdout=out,
            stderr=out,
        )
        try:
            wait_until_it_serves(process, f"http://127.0.0.1:{port}", told)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=10) == 0, told.read_text(encoding="utf-8")


def wait_until_it_serves(process: subprocess.Popen[bytes], url: str, told: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if status(f"{url}/health/") == 200:
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(told.read_text(encoding="utf-8"))


def status(url: str) -> int:
    with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310  # Our own address.
        return int(answer.status)


def refused(var: Path, **environment: str) -> str:
    """Return what a demo says that does not start."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("SUOJA_")}
    done = subprocess.run(
        [sys.executable, "-m", "suoja.cli", "demo"],
        env={**settings, "SUOJA_VAR": str(var), **environment},
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    return done.stdout


@contextmanager
def port_of_somebody_else() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        yield str(holder.getsockname()[1])


def accounts(var: Path) -> list[tuple[str, str, str]]:
    with sqlite3.connect(var / "suoja.sqlite3") as store:
        return list(store.execute("SELECT email, role, password FROM people_helper ORDER BY id"))


def test_a_second_start_keeps_the_key_and_the_accounts(tmp_path: Path) -> None:
    var = tmp_path / "var"
    with demo(var, SUOJA_CLOCK=NOON) as url:
        assert status(f"{url}/health/") == 200
    told = (tmp_path / "told.txt").read_text(encoding="utf-8")
    assert "suoja-demo" in told
    assert "professional@example.org" in told
    key, people = (var / "secret-key").read_text(encoding="utf-8"), accounts(var)
    assert [email for email, _, _ in people] == [
        "professional@example.org",
        "professional2@example.org",
        "coordinator@example.org",
        "peer@example.org",
        "contact@example.org",
    ]

    with demo(var, SUOJA_CLOCK=NOON):
        pass
    assert (var / "secret-key").read_text(encoding="utf-8") == key
    assert accounts(var) == people

    assert "another SUOJA_CLOCK" in refused(var, SUOJA_CLOCK="2024-07-01T12:00:00+03:00")


@pytest.mark.safety(44)
def test_a_setting_that_can_not_be_kept_keeps_the_demo_from_starting(tmp_path: Path) -> None:
    told = refused(tmp_path / "var", SUOJA_BUS_URL="redis://localhost", SUOJA_DEMO_HOURS="real")
    assert "suoja.E007" in told
    assert "suoja.E013" in told
    assert "suoja.E014" not in told


def test_a_taken_port_is_all_that_is_said(tmp_path: Path) -> None:
    with port_of_somebody_else() as port:
        told = refused(tmp_path / "var", PORT=port)
    assert told.splitlines() == [
        "The demo can't start.",
        f"Another program already has port {port} of 127.0.0.1: stop it, or choose another port with --port.",
    ]
    assert not (tmp_path / "var" / "suoja.sqlite3").exists()
