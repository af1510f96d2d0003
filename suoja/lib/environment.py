"""How the environment's texts become values: pure, so that settings.py stays a list and each rule has a test."""

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


def secret_in(path: Path) -> str:
    """Return the secret that a file holds, or nothing when there is no such file."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
