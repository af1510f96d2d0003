"""The files for other sites: the present ones, and those that a host pinned before an update.

An immutable address has to keep its meaning, so each version is kept in the state directory when it is first served.
"""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from msgspec import Struct

from suoja.lib.assets import MissingAsset, built_folder
from suoja.lib.language_codes import LANGUAGES
from suoja.widget.loader import LoaderConfig, PanelConfig, Script, loader_script, panel_script
from suoja.widget.loader_words import LoaderWords, help_in_short, loader_words, panel_words


class Scripts(Struct, frozen=True):
    """What is served now. The pinned loader carries 112 alone: its text outlives any list of numbers. # safety 14"""

    loader: Script
    pinned: Script
    panel: Script


def present_scripts() -> Scripts:
    """Return the files of this version. Raises MissingAsset when nothing has been built."""
    paths = built_folder() / "loader.js", built_folder() / "panel.js"
    try:
        written_at = tuple(path.stat().st_mtime_ns for path in paths)
    except FileNotFoundError as error:
        raise MissingAsset(error.filename) from error
    return _scripts(*paths, settings.SUOJA_EXIT_URL, written_at)


def kept_script(name: str) -> bytes | None:
    """Return a file by its immutable name, of this version or one before; None when there was none such."""
    scripts = present_scripts()
    present = {script.name: script.body for script in (scripts.pinned, scripts.panel)}
    if name in present:
        return present[name]
    path = _folder() / name
    return path.read_bytes() if path.is_file() else None


@lru_cache(maxsize=1)
def _scripts(loader_path: Path, panel_path: Path, exit_url: str, _written_at: tuple[int, ...]) -> Scripts:
    # The times of writing are part of the cache's key: a developer's new build shows without a restart.
    panel_config = PanelConfig(exit_url, {language: panel_words(language) for language in LANGUAGES})
    panel = panel_script(panel_path.read_text(encoding="utf-8"), panel_config)
    words: dict[str, LoaderWords] = {language: loader_words(language) for language in LANGUAGES}
    config = LoaderConfig(exit_url, f"/embed/{panel.name}", help_in_short(), words)
    built = loader_path.read_text(encoding="utf-8")
    pinned = loader_script(built, LoaderConfig(exit_url, config.panel, config.help[:1], words))
    for script in (pinned, panel):
        _keep(script)
    return Scripts(loader=loader_script(built, config), pinned=pinned, panel=panel)


def _folder() -> Path:
    return settings.SUOJA_VAR / "embed"


def _keep(script: Script) -> None:
    path = _folder() / script.name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        draft.write_bytes(script.body)
        # In one step: another process may be looking for the same name.
        draft.replace(path)
