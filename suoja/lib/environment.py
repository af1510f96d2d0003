"""How the environment's texts become values: pure, so that settings.py stays a list and each rule has a test."""

from collections.abc import Mapping
from pathlib import Path

SQLITE_PREFIX = "sqlite:///"


def words_of(text: str) -> list[str]:
    """Return the words of a list written with commas or spaces."""
    return text.replace(",", " ").split()


def sqlite_path(url: str) -> Path | None:
    """Return the file that a database address names, or None when it names another kind of database.

    `sqlite:///talks.sqlite3` is relative to the working directory, `sqlite:////srv/talks.sqlite3` is absolute.
    """
    path = url.removeprefix(SQLITE_PREFIX)
    return Path(path).absolute() if url.startswith(SQLITE_PREFIX) and path else None


def state_directory(environ: Mapping[str, str]) -> Path:
    """Return where the service keeps its state."""
    return Path(environ.get("SUOJA_VAR") or "var").absolute()


def secret_key_file(environ: Mapping[str, str]) -> Path:
    """Return the file that holds the secret key when the environment does not."""
    return Path(environ.get("SUOJA_SECRET_KEY_FILE") or state_directory(environ) / "secret-key")


def secret_in(path: Path) -> str:
    """Return the secret that a file holds, or nothing when there is no such file."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
