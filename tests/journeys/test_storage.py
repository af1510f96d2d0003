"""Where a browser keeps things: nowhere, or apart for each site around a frame."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.journeys.engines import ENGINES_WITHOUT_STORAGE
from tests.journeys.helper import HelperAtWork
from tests.journeys.said import begin_a_talk, expect_each_once, say_each
from tests.journeys.service import Service
from tests.journeys.sites import Site
from tests.journeys.visitor import VisitorAtHome
from tests.journeys.watch import Watch

TOUCH_STORAGE = "() => { try { return String(sessionStorage.length); } catch (error) { return error.name; } }"


@pytest.fixture
def page_without_storage(engine: str, playwright: Playwright, watch: Watch) -> Iterator[Page]:
    """Open a tab in a browser whose owner blocks what sites want to keep."""
    browser = ENGINES_WITHOUT_STORAGE[engine](playwright)
    yield watch.over(browser.new_context(locale="en-GB").new_page())
    browser.close()


@pytest.mark.safety(8)
@pytest.mark.safety(31)
def test_a_whole_talk_where_every_storage_throws(
    page_without_storage: Page, helper: HelperAtWork, service: Service, host_site: Site, neutral_site: Site
) -> None:
    visitor = VisitorAtHome(page_without_storage, chat=service.url, host=host_site.url, neutral=neutral_site.url)
    visitor.enter("host page")
    expect(visitor.inside.get_by_role("button", name="Start")).to_be_visible()
    (frame,) = [frame for frame in visitor.page.frames if frame.url.startswith(service.url)]
    assert frame.evaluate(TOUCH_STORAGE) == "SecurityError"
    visitor.start()
    helper.accept_next()
    visitors = say_each(visitor, "kept in memory only")
    helper.expect_to_read("kept in memory only")
    visitor.page.context.set_offline(offline=True)
    visitors += say_each(visitor, "written offline")
    helpers = say_each(helper, "to somebody who is offline")
    visitor.page.context.set_offline(offline=False)
    expect_each_once(visitor, helper, visitors, helpers)
    visitor.end()
    expect(visitor.message).to_have_count(0)
    expect(helper.message).to_have_count(0)


@pytest.mark.safety(31)
def test_a_page_of_ours_can_not_see_what_the_frame_keeps(
    visitor: VisitorAtHome, helper: HelperAtWork, service: Service
) -> None:
    begin_a_talk(visitor, helper, at="host page")
    # The same tab, the same origin, and another page around it.
    visitor.page.goto(f"{service.url}/en/chat/")
    expect(visitor.page.get_by_role("button", name="Start")).to_be_visible()
    assert visitor.page.evaluate(TOUCH_STORAGE) == "0"
    visitor.visit("host page")
    visitor.expect_to_read("the visitor's first line")
