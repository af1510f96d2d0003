"""What axe finds in the states that people meet: nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.helper import HelperAtWork
from tests.journeys.service import Service
from tests.journeys.visitor import VisitorAtHome


def expect_no_barrier(page: Page, state: str) -> None:
    """Let axe look at a page as it is now."""
    found = Axe().run(page)
    assert found.violations_count == 0, f"{state}: {found.generate_report()}"


@pytest.mark.parametrize("address", ["/", "/sv/", "/en/", "/chat/", "/sv/chat/", "/en/chat/", "/en/accounts/login/"])
def test_axe_finds_nothing_while_nobody_is_on_duty(visitor_page: Page, service: Service, address: str) -> None:
    visitor_page.goto(service.url + address)
    expect(visitor_page.get_by_role("heading", level=1)).to_be_visible()
    expect_no_barrier(visitor_page, address)


def test_axe_finds_nothing_from_the_notice_to_the_end(visitor: VisitorAtHome, helper: HelperAtWork) -> None:
    expect_no_barrier(helper.page, "console, nobody waits")
    visitor.enter("chat page")
    expect(visitor.inside.get_by_role("button", name="Start")).to_be_visible()
    expect_no_barrier(visitor.page, "notice")
    visitor.start()
    visitor.expect_to_wait()
    expect_no_barrier(visitor.page, "queue")
    expect(helper.page.get_by_role("button", name="Accept next").first).to_be_enabled()
    expect_no_barrier(helper.page, "console, somebody waits")
    helper.accept_next()
    visitor.say("a line of mine")
    helper.expect_to_read("a line of mine")
    helper.say("a line of the helper's")
    visitor.expect_to_read("a line of the helper's")
    expect_no_barrier(visitor.page, "talk")
    expect_no_barrier(helper.page, "console, talk")
    visitor.inside.get_by_role("button", name="End conversation").click()
    expect_no_barrier(visitor.page, "question before the end")
    visitor.inside.get_by_role("dialog").get_by_role("button", name="End", exact=True).click()
    expect(visitor.message).to_have_count(0)
    expect_no_barrier(visitor.page, "ended")
    expect(helper.message).to_have_count(0)
    expect_no_barrier(helper.page, "console, ended")


def test_axe_finds_nothing_on_a_page_with_the_panel_open(visitor: VisitorAtHome, helper: HelperAtWork) -> None:
    visitor.enter("front page")
    visitor.start()
    helper.accept_next()
    visitor.expect_to_talk()
    expect_no_barrier(visitor.page, "front page, panel open")
