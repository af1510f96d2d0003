import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest


def refused(var: Path, **environment: str) -> str:
    """Return what a service says that does not start."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("SUOJA_")}
    done = subprocess.run(
        [sys.executable, "-m", "suoja.cli", "serve"],
        env={**settings, "SUOJA_VAR": str(var), **environment},
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
    )
    assert done.returncode == 1
    return done.stdout


@pytest.mark.safety(44)
def test_a_service_without_host_names_does_not_start_not_even_as_an_inherited_demo(tmp_path: Path) -> None:
    told = refused(tmp_path / "var", SUOJA_DEMO="1")
    assert "suoja.E003" in told
    assert "SUOJA_HOSTS" in told
    assert not (tmp_path / "var" / "suoja.sqlite3").exists()


def test_a_taken_port_is_all_that_is_said_and_the_databases_stay_as_they_are(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = str(holder.getsockname()[1])
        told = refused(tmp_path / "var", SUOJA_HOSTS="chat.example.org", PORT=port)
    assert told.splitlines() == [
        "The service does not start.",
        f"Another program already has port {port} of 127.0.0.1: stop it, or choose another port with --port.",
    ]
    assert not (tmp_path / "var" / "suoja.sqlite3").exists()
