import base64
import hashlib
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from suoja.widget.scripts import present_scripts


@pytest.fixture(autouse=True)
def state(settings: Settings, tmp_path: Path) -> None:
    settings.SUOJA_VAR = tmp_path


def test_any_site_may_fetch_the_loader_and_gets_a_new_one_within_minutes(client: Client) -> None:
    response = client.get("/embed/suoja.js")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.content == present_scripts().loader.body


def test_a_host_learns_what_it_may_pin(client: Client) -> None:
    address, integrity = client.get("/embed/suoja.js").headers["Suoja-Pinned"].split()
    pinned = client.get(address).content
    assert integrity == "sha384-" + base64.b64encode(hashlib.sha384(pinned).digest()).decode()


@pytest.mark.parametrize("which", ["pinned", "panel"])
def test_a_named_version_never_changes(client: Client, which: str) -> None:
    script = getattr(present_scripts(), which)
    response = client.get(f"/embed/{script.name}")
    assert response.content == script.body
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("name", ["suoja-0000000000000000.js", "panel-1.js", "../secret-key", "suoja-.js"])
def test_what_never_was_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/embed/{name}").status_code == 404


@pytest.mark.safety(8)
def test_no_script_sets_a_cookie(client: Client) -> None:
    assert not client.get("/embed/suoja.js").cookies


def test_the_loader_is_fetched_and_not_posted_to(client: Client) -> None:
    assert client.post("/embed/suoja.js").status_code == 405
