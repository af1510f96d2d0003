"""The chat in the corner of a page, and the ways it may fail without harm."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.helper import HelperAtWork
from tests.journeys.service import Service
from tests.journeys.visitor import Place, VisitorAtHome
from tests.journeys.watch import Watch

FRAMED: list[Place] = ["front page", "host page"]


@pytest.mark.safety(19)
@pytest.mark.parametrize("place", FRAMED)
@pytest.mark.usefixtures("helper")
def test_the_launcher_opens_and_closes_without_losing_the_focus(visitor: VisitorAtHome, place: Place) -> None:
    visitor.enter(place)
    expect(visitor.inside.get_by_role("button", name="Start")).to_be_visible()
    toggle = visitor.page.locator("button[aria-expanded]")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(visitor.page.get_by_role("heading", name="Chat", exact=True)).to_be_focused()
    visitor.page.keyboard.press("Escape")
    expect(visitor.launcher).to_have_attribute("aria-expanded", "false")
    expect(visitor.launcher).to_be_focused()


@pytest.mark.safety(19)
@pytest.mark.parametrize("place", FRAMED)
def test_escape_closes_the_panel_and_not_the_talk(visitor: VisitorAtHome, helper: HelperAtWork, place: Place) -> None:
    visitor.enter(place)
    visitor.start()
    helper.accept_next()
    visitor.message.press("Escape")
    expect(visitor.launcher).to_be_visible()
    helper.say("still here")
    visitor.launcher.click()
    visitor.expect_to_read("still here")


@pytest.mark.parametrize("place", FRAMED)
def test_the_next_page_of_the_host_shows_the_talk_again(
    visitor: VisitorAtHome, helper: HelperAtWork, place: Place
) -> None:
    visitor.enter(place)
    visitor.start()
    helper.accept_next()
    visitor.say("on the first page")
    helper.expect_to_read("on the first page")
    visitor.go_on()
    visitor.expect_to_read("on the first page")


def test_when_nobody_is_on_duty_the_door_says_so_and_gives_numbers(visitor: VisitorAtHome) -> None:
    visitor.enter("chat page")
    expect(visitor.page.get_by_role("link", name="112")).to_be_visible()
    expect(visitor.page.get_by_role("link", name="080 005 005")).to_be_visible()
    expect(visitor.page.get_by_role("button", name="Start")).to_have_count(0)


@pytest.mark.safety(11)
@pytest.mark.usefixtures("helper")
def test_the_notice_stands_before_the_first_message_in_six_short_lines(visitor: VisitorAtHome) -> None:
    visitor.enter("chat page")
    notice = visitor.page.locator("ul.notice").get_by_role("listitem")
    expect(notice.first).to_be_visible()
    assert 4 <= notice.count() <= 6
    words = " ".join(notice.all_inner_texts())
    for promise in ("without giving your name", "chatvertainen", "confidential", "IP address", "history"):
        assert promise in words
    expect(visitor.page.get_by_role("link", name="112")).to_be_visible()
    expect(visitor.page.get_by_role("checkbox", name="I'd rather talk with a professional")).to_be_visible()


@pytest.mark.safety(12)
def test_nothing_typed_leaves_the_browser_before_send(
    visitor: VisitorAtHome, helper: HelperAtWork, watch: Watch
) -> None:
    visitor.enter("chat page")
    visitor.start()
    helper.accept_next()
    visitor.expect_to_talk()
    for name, value in {"spellcheck": "false", "autocomplete": "off", "autocorrect": "off", "translate": "no"}.items():
        expect(visitor.message).to_have_attribute(name, value)
    visitor.page.wait_for_timeout(300)
    said = [url for url in watch.requests if url.endswith("/live/say")]
    visitor.message.press_sequentially("a draft that is never sent")
    visitor.page.wait_for_timeout(300)
    assert [url for url in watch.requests if url.endswith("/live/say")] == said
    helper.say("are you there")
    visitor.expect_to_read("are you there")
    expect(visitor.message).to_have_value("a draft that is never sent")


@pytest.mark.safety(18)
def test_the_history_is_a_log_that_never_moves_the_focus(visitor: VisitorAtHome, helper: HelperAtWork) -> None:
    visitor.enter("chat page")
    visitor.start()
    helper.accept_next()
    visitor.expect_to_talk()
    visitor.message.focus()
    helper.say("a first line")
    visitor.expect_to_read("a first line")
    expect(visitor.message).to_be_focused()
    last = visitor.log.locator("> *").last
    assert last.inner_text().startswith("Professional ")
    visitor.say("my own line")
    expect(visitor.log.locator("[aria-live=off]").filter(has_text="my own line")).to_have_count(1)


@pytest.mark.usefixtures("visitor")
def test_a_planted_violation_of_the_policy_is_seen(service: Service, visitor_page: Page, watch: Watch) -> None:
    visitor_page.goto(f"{service.url}/en/chat/")
    visitor_page.evaluate(
        "() => { const s = document.createElement('style'); s.textContent = 'b{}'; document.head.append(s); }"
    )
    visitor_page.wait_for_timeout(200)
    assert watch.violations
    watch.forget()


def test_nothing_stays_in_the_browser_after_a_talk(visitor: VisitorAtHome, helper: HelperAtWork) -> None:
    visitor.enter("chat page")
    visitor.start()
    helper.accept_next()
    visitor.say("gone afterwards")
    helper.expect_to_read("gone afterwards")
    visitor.end()
    expect(visitor.message).to_have_count(0)
    # The talk lives until both sides have everything; then its row can be closed, and the visitor's page is told.
    helper.close_talk()
    visitor.page.wait_for_timeout(1000)
    left = visitor.page.evaluate(
        """async () => [sessionStorage.length, localStorage.length, document.cookie,
        (await indexedDB.databases()).length, (await caches.keys()).length,
        (await navigator.serviceWorker.getRegistrations()).length]"""
    )
    assert left == [0, 0, "", 0, 0, 0]
