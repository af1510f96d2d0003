"""The visitor is away: a phone in the background, a tab that was closed; for a while, and for too long."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Playwright, expect

from tests.journeys.engines import ENGINES
from tests.journeys.helper import HelperAtWork
from tests.journeys.processes import BrowserProcesses
from tests.journeys.said import begin_a_talk, expect_each_once, say_each
from tests.journeys.service import Service
from tests.journeys.sites import Site
from tests.journeys.visitor import VisitorAtHome
from tests.journeys.watch import Watch

# A browser without a screen never hides a page, so the page is told. What follows is real: the processes that its
# scripts run in sleep, while the browser keeps the connection open and takes what comes.
SHOW_OR_HIDE = """(state) => {
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
  Object.defineProperty(document, "hidden", { configurable: true, get: () => state === "hidden" });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def phone(engine: str, playwright: Playwright) -> Iterator[BrowserProcesses]:
    """Start a browser of the visitor's own, whose pages can be put to sleep."""
    phone = BrowserProcesses(lambda: ENGINES[engine](playwright))
    yield phone
    phone.browser.close()


@pytest.fixture
def visitor_on_a_phone(
    phone: BrowserProcesses, service: Service, neutral_site: Site, watch: Watch
) -> Iterator[VisitorAtHome]:
    """Give the visitor's verbs on a phone's screen."""
    context = phone.browser.new_context(viewport={"width": 390, "height": 740}, has_touch=True, locale="en-GB")
    visitor = VisitorAtHome(watch.over(context.new_page()), chat=service.url, host="", neutral=neutral_site.url)
    yield visitor
    visitor.go_away()


@pytest.mark.mission("M13")
@pytest.mark.safety(15)
def test_a_phone_in_the_background_is_told_truly_and_comes_back(
    visitor_on_a_phone: VisitorAtHome, phone: BrowserProcesses, helper: HelperAtWork
) -> None:
    visitor = visitor_on_a_phone
    begin_a_talk(visitor, helper)
    expect(helper.presence).to_have_attribute("data-presence", "here")
    visitor.page.evaluate(SHOW_OR_HIDE, "hidden")
    expect(helper.presence).to_have_attribute("data-presence", "hidden")
    with phone.asleep():
        expect(helper.presence).to_have_attribute("data-presence", "unreachable", timeout=15_000)
        helpers = say_each(helper, "to a phone in a pocket")
    visitor.page.evaluate(SHOW_OR_HIDE, "visible")
    expect(helper.presence).to_have_attribute("data-presence", "here")
    helper.expect_to_read("Back after")
    expect(helper.talk.get_by_role("button", name="Safety question")).to_be_visible()
    visitors = say_each(visitor, "the phone is out again")
    expect_each_once(visitor, helper, visitors, helpers)


@pytest.mark.safety(8)
def test_a_phone_that_sleeps_too_long_finds_the_neutral_beginning(
    visitor_on_a_phone: VisitorAtHome, phone: BrowserProcesses, helper: HelperAtWork
) -> None:
    visitor = visitor_on_a_phone
    begin_a_talk(visitor, helper)
    with phone.asleep():
        expect(helper.talk.get_by_role("button", name="Put aside")).to_be_visible(timeout=20_000)
        expect(helper.talk).to_contain_text("away for too long", timeout=30_000)
        helper.close_talk()
    # Whoever takes the phone up now may be another.
    expect(visitor.message).to_have_count(0)
    expect(visitor.inside.get_by_text("first line")).to_have_count(0)
    visitor.page.wait_for_function("sessionStorage.length === 0")


@pytest.mark.mission("M13")
def test_a_talk_that_is_put_aside_waits_first_and_is_taken_up_by_another(
    visitor_on_a_phone: VisitorAtHome,
    phone: BrowserProcesses,
    helper: HelperAtWork,
    colleague: HelperAtWork,
) -> None:
    visitor = visitor_on_a_phone
    begin_a_talk(visitor, helper)
    with phone.asleep():
        helper.talk.get_by_role("button", name="Put aside").click(timeout=20_000)
        helper.page.get_by_role("dialog").get_by_role("button", name="Put aside").click()
        expect(helper.message).to_have_count(0)
        expect(colleague.waiting().get_by_role("button", name="Accept next")).to_be_disabled()
    expect(visitor.inside.get_by_role("status", name="Queue")).to_contain_text("first")
    colleague.accept_next()
    colleague.expect_to_read("the visitor's first line")
    visitors, helpers = say_each(visitor, "I am back"), say_each(colleague, "welcome back")
    expect_each_once(visitor, colleague, visitors, helpers)


@pytest.mark.mission("M13")
@pytest.mark.safety(8)
@pytest.mark.safety(13)
def test_a_closed_tab_keeps_its_place_and_opens_nothing_after_the_end(
    visitor: VisitorAtHome,
    another_visitor: VisitorAtHome,
    visitor_context: BrowserContext,
    helper: HelperAtWork,
    watch: Watch,
) -> None:
    """In the queue it keeps its place and isn't accepted; given back after the end it finds the neutral beginning."""
    accept_next = helper.waiting().get_by_role("button", name="Accept next")
    visitor.enter("chat page")
    visitor.start()
    visitor.expect_to_wait()
    expect(accept_next).to_be_enabled()
    visitor.close_tab()
    expect(accept_next).to_be_disabled(timeout=15_000)
    expect(helper.waiting()).to_contain_text("left the page")
    another_visitor.enter("chat page")
    another_visitor.start()
    expect_place(another_visitor, "second")
    visitor.come_back(watch.over(visitor_context.new_page()))
    expect_place(visitor, "first")
    helper.accept_next()
    visitor.expect_to_talk()
    expect_place(another_visitor, "first")
    visitor.say("the place was kept")
    helper.expect_to_read("the place was kept")
    visitor.close_tab()
    helper.end()
    helper.close_talk()
    visitor.come_back(watch.over(visitor_context.new_page()))
    expect(visitor.inside.get_by_role("button", name="Start")).to_be_visible()
    expect(visitor.inside.get_by_text("the place was kept")).to_have_count(0)
    assert visitor.page.evaluate("sessionStorage.length") == 0


def expect_place(visitor: VisitorAtHome, place: str) -> None:
    """See the place in the queue."""
    expect(visitor.inside.get_by_role("status", name="Queue")).to_contain_text(place)
