"""What the rules read: the sources as they lie in the checkout, committed or not."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUOJA = ROOT / "suoja"
FRONTEND = ROOT / "frontend"
DOCS = ROOT / "docs"
TESTS = ROOT / "tests"
BENCH = ROOT / "bench"


def name_of(path: Path) -> str:
    """Return a path as a person would type it, from the checkout's root."""
    return path.relative_to(ROOT).as_posix()


def files_under(folder: Path, *suffixes: str) -> list[Path]:
    """Return the sources under a folder that we wrote: no caches, nothing built, no migrations."""
    passed_over = {"__pycache__", "migrations", "node_modules"}
    found = [path for path in folder.rglob("*") if path.suffix in suffixes and path.is_file()]
    built = SUOJA / "static" / "suoja"
    return sorted(path for path in found if not passed_over & set(path.parts) and not path.is_relative_to(built))


def python_of_the_program() -> list[Path]:
    return files_under(SUOJA, ".py")


def all_python() -> list[Path]:
    return [path for folder in (SUOJA, TESTS, BENCH, ROOT / "scripts") for path in files_under(folder, ".py")]


def typescript() -> list[Path]:
    return files_under(FRONTEND / "src", ".ts")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def doc(name: str) -> str:
    """Return a page of docs/; a page that is missing fails the rule that wants to read it."""
    return (DOCS / name).read_text(encoding="utf-8")


def git(*arguments: str) -> str:
    """Return what git says about the checkout, or nothing where there is no history (an unpacked archive)."""
    command = ["git", *arguments]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    return told.stdout if told.returncode == 0 else ""


def tracked_files() -> list[Path]:
    """Return what is or would be committed, so that a rule speaks before the commit and not after it."""
    names = git("ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    return [ROOT / name for name in names if (ROOT / name).is_file()]
