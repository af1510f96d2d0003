import json
import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = [pytest.mark.django_db(databases=["default", "talks"]), pytest.mark.usefixtures("lines")]

NEUTRAL = "https://weather.example/"
PAGES = ["/chat/", "/sv/chat/", "/en/chat/"]
FRAMES = ["/embed/frame/", "/sv/embed/frame/", "/en/embed/frame/"]


@pytest.fixture(autouse=True)
def sites(settings: Settings) -> None:
    settings.SUOJA_EXIT_URL = NEUTRAL
    settings.SUOJA_FRAME_HOSTS = ["https://www.example.org"]


def html_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def data_of(html: str) -> dict[str, object]:
    found = re.search(r'<script id="suoja-data" type="application/json">(.*?)</script>', html)
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


@pytest.mark.parametrize("address", PAGES + FRAMES)
def test_nothing_in_the_head_names_the_subject(client: Client, address: str) -> None:
    head = html_of(client, address).split("</head>")[0]
    assert re.findall(r"<title>(.*?)</title>", head) == ["Chat"]
    assert not re.search(r"väkival|våld|violence|description", head, re.IGNORECASE)


@pytest.mark.safety(1)
@pytest.mark.parametrize("address", PAGES)
def test_the_page_has_one_exit_a_real_link_first_in_its_header(client: Client, address: str) -> None:
    html = html_of(client, address)
    links = re.findall(r"<a [^>]*>", html.split("<noscript>")[0])
    assert len(links) == 1
    assert f'href="{NEUTRAL}"' in links[0]
    assert 'rel="noreferrer"' in links[0]


@pytest.mark.safety(1)
@pytest.mark.parametrize("address", FRAMES)
def test_in_the_frame_the_exit_is_the_hosts(client: Client, address: str) -> None:
    assert f'href="{NEUTRAL}"' not in html_of(client, address)


@pytest.mark.safety(34)
@pytest.mark.parametrize("address", FRAMES)
def test_the_frame_may_stand_on_the_listed_sites_alone(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert "frame-ancestors 'self' https://www.example.org;" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers


@pytest.mark.safety(34)
@pytest.mark.parametrize("address", PAGES)
def test_the_page_may_stand_in_no_frame(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.safety(8)
@pytest.mark.parametrize("address", PAGES + FRAMES)
def test_no_cookie_is_set(client: Client, address: str) -> None:
    assert not client.get(address).cookies


@pytest.mark.safety(34)
@pytest.mark.parametrize("address", PAGES + FRAMES)
def test_nothing_is_inline(client: Client, address: str) -> None:
    html = html_of(client, address)
    assert not re.search(r"<style|\sstyle=|\son\w+=", html)
    assert set(re.findall(r"<script([^>]*)>", html)) == {
        ' id="suoja-data" type="application/json"',
        *re.findall(r'(?<=<script)( type="module" src="/static/suoja/widget-[A-Z0-9]{8}\.js")', html),
    }


@pytest.mark.parametrize(
    ("address", "language", "mode", "line"),
    [
        ("/chat/", "fi", "page", "Apua väkivaltaan"),
        ("/sv/embed/frame/", "sv", "frame", "Hjälp mot våld"),
        ("/en/chat/", "en", "page", "Help with violence"),
    ],
)
def test_the_script_gets_what_it_needs(client: Client, address: str, language: str, mode: str, line: str) -> None:
    data = data_of(html_of(client, address))
    assert data["language"] == language
    assert data["mode"] == mode
    assert data["exit"] == NEUTRAL
    assert data["hosts"] == ["https://www.example.org"]
    lines = data["lines"]
    assert isinstance(lines, list)
    assert lines[0]["name"] == line
    assert lines[0]["is_open"] is False
    assert lines[0]["reason"] == "nobody_on_duty"
    assert lines[0]["languages"] == []
    assert lines[0]["audience"]


@pytest.mark.safety(16)
@pytest.mark.parametrize("address", PAGES + FRAMES)
def test_without_javascript_there_are_numbers(client: Client, address: str) -> None:
    without_script = html_of(client, address).split("<noscript>")[1].split("</noscript>")[0]
    assert 'href="tel:112"' in without_script
    assert 'href="tel:080005005"' in without_script


STATES = Path(__file__).parents[2] / "frontend" / "src" / "widget" / "states.ts"
# A talk is drawn by the script, and so is what stands in for one that can't be reached.
DRAWN = {"talk", "reconnecting"}


@pytest.mark.parametrize("address", PAGES + FRAMES)
def test_every_view_is_held_ready_in_the_page(client: Client, address: str) -> None:
    states = set(re.findall(r'^  "(\w+)",$', STATES.read_text(encoding="utf-8"), re.MULTILINE))
    held = re.findall(r'<template id="view-(\w+)">', html_of(client, address))
    assert sorted(held) == sorted((states - DRAWN) | {"help"})


@pytest.mark.safety(14)
@pytest.mark.safety(16)
@pytest.mark.parametrize("state", ["notice", "closed", "queue", "help", "gone", "failed", "unsupported"])
def test_who_has_no_talk_sees_a_number(client: Client, state: str) -> None:
    view = re.search(rf'<template id="view-{state}">(.*?)</template>', html_of(client, "/en/chat/"), re.DOTALL)
    assert view
    assert 'href="tel:112"' in view[1]


@pytest.mark.safety(11)
@pytest.mark.parametrize("address", PAGES)
def test_each_notice_has_five_lines_and_the_emergency_number_is_the_sixth(client: Client, address: str) -> None:
    html = html_of(client, address)
    notices = re.findall(r'<ul class="notice">(.*?)</ul>', html, re.DOTALL)
    numbers = re.findall(r'<p class="emergency">(.*?)</p>', html, re.DOTALL)
    assert numbers
    assert all('href="tel:112"' in number for number in numbers)
    assert [notice.count("<li>") for notice in notices] == [5, 5]
    assert all("<b>" in notice and "*" not in notice for notice in notices)


@pytest.mark.safety(16)
def test_the_frame_leads_to_the_page_where_it_cannot_work_and_the_page_not_to_itself(client: Client) -> None:
    assert 'href="/en/chat/" target="_top"' in html_of(client, "/en/embed/frame/")
    assert 'target="_top"' not in html_of(client, "/en/chat/")
