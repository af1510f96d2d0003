import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.safety(44)
def test_a_service_without_host_names_does_not_start_not_even_as_an_inherited_demo(tmp_path: Path) -> None:
    settings = {name: value for name, value in os.environ.items() if not name.startswith("SUOJA_")}
    done = subprocess.run(
        [sys.executable, "-m", "suoja.cli", "serve"],
        env={**settings, "SUOJA_VAR": str(tmp_path / "var"), "SUOJA_DEMO": "1"},
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
    )
    assert done.returncode == 1
    assert "suoja.E003" in done.stdout
    assert "SUOJA_HOSTS" in done.stdout
    assert not (tmp_path / "var" / "suoja.sqlite3").exists()
