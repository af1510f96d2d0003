"""One talk and several pages: the host's next page, a second tab of the visitor's, a second console."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.helper import HelperAtWork
from tests.journeys.said import begin_a_talk, expect_each_once, say_each
from tests.journeys.service import Service
from tests.journeys.visitor import VisitorAtHome
from tests.journeys.watch import Watch

# What tells a page that it may have the network again.
WAKE_UP = """() => {
  dispatchEvent(new Event("online"));
  dispatchEvent(new PageTransitionEvent("pageshow"));
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.mark.safety(10)
def test_the_hosts_next_page_has_the_talk_without_a_press_and_loses_nothing(
    visitor: VisitorAtHome, helper: HelperAtWork
) -> None:
    begin_a_talk(visitor, helper, at="host page")
    visitor.page.route("**/live/say", lambda route: route.abort())
    visitors = ["the visitor's first line", *say_each(visitor, "pressed Send and went on")]
    expect(visitor.log).to_contain_text("pressed Send and went on")
    visitor.page.unroute("**/live/say")
    helpers = ["the helper's first line", *say_each(helper, "while the page changes")]
    visitor.go_on()
    helpers += say_each(helper, "after it")
    expect_each_once(visitor, helper, visitors, helpers)


@pytest.mark.safety(10)
def test_the_newest_of_two_tabs_wins_and_the_older_stays_blank(
    visitor: VisitorAtHome, visitor_context: BrowserContext, helper: HelperAtWork, watch: Watch
) -> None:
    begin_a_talk(visitor, helper)
    older = visitor.page
    # A tab that a page opens starts with a copy of its storage, as one that somebody duplicates does.
    with visitor_context.expect_page() as opened:
        older.evaluate("void open(location.href)")
    visitor.page = watch.over(opened.value)
    visitor.expect_to_read("the visitor's first line")
    expect_blank(older)
    visitor_context.set_offline(offline=True)
    visitor_context.set_offline(offline=False)
    older.evaluate(WAKE_UP)
    visitors = say_each(visitor, "from the newer tab", "and again")
    helpers = say_each(helper, "to the newer tab")
    expect_each_once(visitor, helper, visitors, helpers)
    expect_blank(older)
    visitor.page.reload()
    visitor.expect_to_read("from the newer tab")


@pytest.mark.safety(10)
def test_the_newest_of_two_consoles_wins_and_the_older_shows_nothing(
    visitor: VisitorAtHome, helper: HelperAtWork, service: Service, watch: Watch
) -> None:
    begin_a_talk(visitor, helper)
    older = helper.page
    helper.page = watch.over(older.context.new_page())
    helper.page.goto(f"{service.url}/en/console/")
    helper.expect_to_read("the visitor's first line")
    expect(older.get_by_text("The console is open in another tab or window.")).to_be_visible()
    expect(older.get_by_text("the visitor's first line")).to_have_count(0)
    older.evaluate(WAKE_UP)
    helpers = say_each(helper, "from the newer console")
    visitors = say_each(visitor, "to the newer console")
    expect_each_once(visitor, helper, visitors, helpers)
    newer, helper.page = helper.page, older
    older.get_by_role("button", name="Continue here").click()
    helper.expect_to_read("to the newer console")
    expect(newer.get_by_text("The console is open in another tab or window.")).to_be_visible()
    expect(newer.get_by_text("to the newer console")).to_have_count(0)
    newer.close()


def expect_blank(page: Page) -> None:
    """See nothing of the talk, and the way out."""
    expect(page.get_by_role("log", name="Conversation")).to_have_count(0)
    expect(page.get_by_text("first line")).to_have_count(0)
    expect(page.get_by_role("link", name="Exit this page")).to_be_visible()
