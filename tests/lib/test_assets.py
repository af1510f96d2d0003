from pathlib import Path

import pytest
from pytest_django import Settings

from suoja.lib.assets import MissingAsset, asset_url, manifest


@pytest.fixture
def build(settings: Settings, tmp_path: Path) -> Path:
    settings.BASE_DIR = tmp_path
    folder = tmp_path / "static" / "suoja"
    folder.mkdir(parents=True)
    return folder / "manifest.json"


def test_a_plain_name_becomes_the_hashed_one(build: Path) -> None:
    build.write_text('{"widget.js": "widget-ABCD2345.js"}', encoding="utf-8")
    assert asset_url("widget.js") == "/static/suoja/widget-ABCD2345.js"


def test_a_file_that_was_not_built_is_missing(build: Path) -> None:
    build.write_text("{}", encoding="utf-8")
    with pytest.raises(MissingAsset):
        asset_url("widget.js")


def test_without_a_build_everything_is_missing(build: Path) -> None:
    assert not build.exists()
    with pytest.raises(MissingAsset):
        manifest()


def test_a_new_build_shows_without_a_restart(build: Path) -> None:
    build.write_text('{"widget.js": "widget-ABCD2345.js"}', encoding="utf-8")
    manifest()
    build.unlink()
    build.write_text('{"widget.js": "widget-NEWER234.js"}', encoding="utf-8")
    assert asset_url("widget.js") == "/static/suoja/widget-NEWER234.js"
