"""What the front end's build made: the manifest from plain names to names with a hash of the content."""

from functools import lru_cache
from pathlib import Path

import msgspec
from django.conf import settings


class MissingAsset(Exception):
    """The build has not made this file; `make build` does."""


def built_folder() -> Path:
    """Return the folder in which the build leaves its files."""
    folder: Path = settings.BASE_DIR / "static" / "suoja"
    return folder


def asset_url(name: str) -> str:
    """Return the address of a built file by its plain name, such as `widget.js`. Raises MissingAsset."""
    try:
        return f"{settings.STATIC_URL}suoja/{manifest()[name]}"
    except KeyError as error:
        raise MissingAsset(name) from error


def manifest() -> dict[str, str]:
    """Return plain name → hashed name. Raises MissingAsset when nothing has been built."""
    path = built_folder() / "manifest.json"
    try:
        written_at = path.stat().st_mtime_ns
    except FileNotFoundError as error:
        raise MissingAsset(path.name) from error
    return _read_manifest(path, written_at)


@lru_cache(maxsize=1)
def _read_manifest(path: Path, _written_at: int) -> dict[str, str]:
    # The time of writing is part of the cache's key: a developer's new build shows without a restart.
    return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
