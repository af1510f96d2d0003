import re

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = [pytest.mark.django_db(databases=["default", "talks"]), pytest.mark.usefixtures("lines")]

NEUTRAL = "https://weather.example/"
ADDRESSES = ["/", "/sv/", "/en/"]


@pytest.fixture(autouse=True)
def neutral(settings: Settings) -> None:
    settings.SUOJA_EXIT_URL = NEUTRAL


def html_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_stays_in_the_history_is_neutral(client: Client, address: str) -> None:
    head = html_of(client, address).split("</head>")[0]
    assert re.findall(r"<title>(.*?)</title>", head) == ["Chat"]
    assert not re.search(r"väkival|våld|violence|description", head, re.IGNORECASE)


@pytest.mark.mission("M4")
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_chat_comes_through_the_very_loader_beside_a_plain_link(client: Client, address: str) -> None:
    html = html_of(client, address)
    assert '<script src="/embed/suoja.js" async></script>' in html
    assert f'href="{address}chat/"' in html


@pytest.mark.mission("M2")
@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("/", ["läheinen satuttaa", "olet satuttanut", "näet tai kuulet", "olet huolissasi"]),
        ("/sv/", ["en närstående gör illa", "har gjort en närstående illa", "ser eller hör", "är orolig"]),
        ("/en/", ["hurts you", "you have hurt", "see or hear", "you worry"]),
    ],
)
def test_the_door_says_so_to_each_who_is_concerned(client: Client, address: str, parts: list[str]) -> None:
    html = html_of(client, address)
    assert [part for part in parts if part not in html] == []


@pytest.mark.mission("M3")
def test_both_chats_are_shown_with_whom_they_are_for(client: Client) -> None:
    html = html_of(client, "/en/")
    assert "Help with violence" in html
    assert "Chat for children and young people" in html
    assert "under 18" in html


@pytest.mark.mission("M7")
@pytest.mark.mission("M22")
def test_peers_are_named_where_they_answer_and_nowhere_else(client: Client) -> None:
    adults, young = re.findall(r'<li class="chat-card".*?</li>', html_of(client, "/en/"), re.DOTALL)
    assert "peer supporter (chatvertainen)" in adults
    assert "chatvertainen" not in young


@pytest.mark.mission("M10")
@pytest.mark.mission("M12")
@pytest.mark.mission("M13")
@pytest.mark.mission("M14")
def test_how_we_work_is_said_in_short_words(client: Client) -> None:
    html = html_of(client, "/en/")
    for sentence in (
        "You need not tell who you are. Your helper uses another name too.",
        "The conversation belongs to you and your helper.",
        "Your helper has time for you.",
        "The chat is free.",
    ):
        assert sentence in html


@pytest.mark.safety(1)
@pytest.mark.parametrize("address", ADDRESSES)
def test_there_is_one_exit_a_real_link_before_every_other(client: Client, address: str) -> None:
    links = re.findall(r"<a [^>]*>", html_of(client, address))
    assert f'href="{NEUTRAL}"' in links[0]
    assert 'rel="noreferrer"' in links[0]
    assert sum(NEUTRAL in link for link in links) == 1


@pytest.mark.safety(6)
def test_the_page_says_what_the_exit_does_not_do(client: Client) -> None:
    html = html_of(client, "/en/").replace("&#x27;", "'")
    assert "Your browser's history still shows the visit." in html
    assert "Clearing the whole history can raise questions." in html


@pytest.mark.parametrize("address", ADDRESSES)
def test_other_help_can_be_called(client: Client, address: str) -> None:
    html = html_of(client, address)
    assert 'href="tel:112"' in html
    assert 'href="tel:080005005"' in html


@pytest.mark.safety(8)
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_cookie_is_set(client: Client, address: str) -> None:
    assert not client.get(address).cookies


@pytest.mark.safety(34)
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_page_may_hold_our_frame_and_stand_in_none(client: Client, address: str) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "frame-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.safety(34)
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(client: Client, address: str) -> None:
    html = html_of(client, address)
    assert not re.search(r"<style|\sstyle=|\son\w+=", html)
    fetched = re.findall(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="([^"]+)"', html)
    assert fetched
    assert all(url.startswith("/") or url == "data:," for url in fetched)


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_language_leads_to_the_others_under_their_own_names(client: Client, address: str) -> None:
    html = html_of(client, address)
    for link in ('href="/" lang="fi"', 'href="/sv/" lang="sv"', 'href="/en/" lang="en"'):
        assert link in html
    assert html.count('aria-current="true"') == 1


def test_while_nobody_is_on_duty_the_lamp_is_off_and_the_words_say_why(client: Client) -> None:
    html = html_of(client, "/en/")
    assert 'data-open="false"' in html
    assert re.search(r'data-shown="nobody">.*?nobody on duty now', html)
    assert re.search(r'data-shown="open" hidden>.*?open now', html)
