"""The loader and the panel as they are served: what the build made, with the configuration in it.

Pure: built texts and a configuration go in, bytes come out. The panel is named by its content, the loader names the
panel, and the pinned loader is named by its own content; so each address always means the same bytes.
"""

import base64
import hashlib

import msgspec
from msgspec import Struct

from suoja.widget.loader_words import LoaderWords, PanelWords

LOADER_PLACE = "__SUOJA_CONFIG__"
PANEL_PLACE = "__SUOJA_PANEL__"


class PlaceMissing(Exception):
    """The built file has not exactly one place for its configuration: it was not made for this version."""


class LoaderConfig(Struct, frozen=True):
    """Mirrors `LoaderConfig` in frontend/src/loader/config.ts."""

    exit: str
    panel: str
    help: tuple[str, ...]
    words: dict[str, LoaderWords]


class PanelConfig(Struct, frozen=True):
    """Mirrors `PanelConfig` in frontend/src/loader/config.ts."""

    exit: str
    words: dict[str, PanelWords]


class Script(Struct, frozen=True):
    """A file for other sites, by its immutable name."""

    name: str
    body: bytes

    @property
    def integrity(self) -> str:
        """The SRI hash that a host writes beside the immutable address."""
        return "sha384-" + base64.b64encode(hashlib.sha384(self.body).digest()).decode()


def panel_script(built: str, config: PanelConfig) -> Script:
    """Return the panel. Raises PlaceMissing."""
    return _named("panel", _filled(built, PANEL_PLACE, config))


def loader_script(built: str, config: LoaderConfig) -> Script:
    """Return the loader. Raises PlaceMissing."""
    return _named("suoja", _filled(built, LOADER_PLACE, config))


def _filled(built: str, place: str, config: Struct) -> bytes:
    if built.count(place) != 1:
        raise PlaceMissing(place)
    return built.replace(place, msgspec.json.encode(config).decode()).encode()


def _named(stem: str, body: bytes) -> Script:
    return Script(f"{stem}-{hashlib.sha256(body).hexdigest()[:16]}.js", body)
