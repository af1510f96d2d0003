import gzip
from pathlib import Path

import pytest
from pytest_django import Settings

from suoja.lib.assets import MissingAsset
from suoja.widget import scripts
from suoja.widget.scripts import kept_script, present_scripts

LIMIT = 2048


@pytest.fixture(autouse=True)
def state(settings: Settings, tmp_path: Path) -> Path:
    settings.SUOJA_VAR = tmp_path
    scripts._scripts.cache_clear()
    return tmp_path


def test_the_loader_as_served_is_no_larger_than_two_kilobytes() -> None:
    for script in (present_scripts().loader, present_scripts().pinned):
        assert len(gzip.compress(script.body, compresslevel=9)) <= LIMIT


def test_the_pinned_loader_carries_112_alone() -> None:
    present = present_scripts()
    assert b"080 005 005" in present.loader.body
    assert b"080 005 005" not in present.pinned.body
    assert b'"help":["112"]' in present.pinned.body


def test_the_loader_names_the_panel_that_is_served() -> None:
    present = present_scripts()
    assert present.panel.name.encode() in present.loader.body
    assert kept_script(present.panel.name) == present.panel.body


def test_what_a_host_pinned_is_still_there_after_an_update(settings: Settings) -> None:
    before = present_scripts()
    settings.SUOJA_EXIT_URL = "https://other.example/"
    after = present_scripts()
    assert after.pinned.name != before.pinned.name
    assert kept_script(before.pinned.name) == before.pinned.body
    assert kept_script(before.panel.name) == before.panel.body


def test_a_name_that_never_was_is_nothing() -> None:
    assert kept_script("suoja-0000000000000000.js") is None


def test_a_checkout_without_a_build_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(scripts, "built_folder", lambda: tmp_path)
    with pytest.raises(MissingAsset):
        present_scripts()
