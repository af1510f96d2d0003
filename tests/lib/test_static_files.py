import pytest
from django.test import Client

from suoja.lib.assets import asset_url

FOR_GOOD = "max-age=315360000, public, immutable"


def test_a_built_file_is_served_whole_and_may_be_kept_for_good(client: Client) -> None:
    response = client.get(asset_url("pages.css"))
    assert response.status_code == 200
    assert response.content.startswith((b":root", b"@", b"*", b"html"))
    assert not response.streaming
    assert response.headers["Cache-Control"] == FOR_GOOD
    assert response.headers["Content-Type"].startswith("text/css")


@pytest.mark.safety(34)
def test_a_file_is_for_our_own_pages(client: Client) -> None:
    headers = client.get(asset_url("pages.css")).headers
    assert "Access-Control-Allow-Origin" not in headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/static/suoja/nothing.js").status_code == 404
