"""Look into the wheel in `dist/`: everything that an installed program needs, and nothing that only we need."""

import json
import sys
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parent.parent
STATIC = "suoja/static/suoja/"
# The logical names that pages and hosts refer to.
ASSETS = (
    *("loader.js", "panel.js", "widget.js", "console.js", "page.js"),
    *("widget.css", "console.css", "pages.css"),
)


def newest_wheel() -> Path:
    """Return the wheel that was built last."""
    wheels = sorted((ROOT / "dist").glob("suoja-*.whl"), key=lambda wheel: wheel.stat().st_mtime)
    if not wheels:
        message = "No wheel in dist/: run `make wheel`."
        raise SystemExit(message)
    return wheels[-1]


def expected_names(wheel: ZipFile) -> set[str]:
    """Return what has to be inside: each module and template of the tree, each built asset, each compiled catalogue."""
    manifest = json.loads(wheel.read(f"{STATIC}manifest.json"))
    modules = {str(path.relative_to(ROOT)) for path in (ROOT / "suoja").rglob("*.py")}
    templates = {str(path.relative_to(ROOT)) for path in (ROOT / "suoja").rglob("templates/**/*") if path.is_file()}
    catalogues = {str(path.relative_to(ROOT).with_suffix(".mo")) for path in (ROOT / "suoja").rglob("*.po")}
    assets = {STATIC + manifest.get(name, f"{name} (not in the manifest)") for name in ASSETS}
    return modules | templates | catalogues | assets


def faults(wheel: ZipFile) -> list[str]:
    """Return a sentence for each thing that is missing or that should not be there."""
    names = set(wheel.namelist())
    missing = [f"missing: {name}" for name in sorted(expected_names(wheel) - names)]
    surplus = [
        f"not for a wheel: {name}" for name in sorted(names) if name.endswith((".po", ".ts", ".map", ".test.js"))
    ]
    info = next(name.split("/")[0] for name in names if ".dist-info/" in name)
    wanted = (f"{info}/entry_points.txt", f"{info}/licenses/LICENSE")
    return missing + surplus + [f"missing: {name}" for name in wanted if name not in names]


def main() -> int:
    """Print what is wrong, or how much is inside."""
    path = newest_wheel()
    with ZipFile(path) as wheel:
        found = faults(wheel)
        sys.stdout.write("".join(f"{fault}\n" for fault in found))
        sys.stdout.write(f"{path.name}: {len(wheel.namelist())} files, {path.stat().st_size // 1024} kB\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
