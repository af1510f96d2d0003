"""The helper's tab crashes in the middle of a talk: it is opened again, or never."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.helper import HelperAtWork
from tests.journeys.said import begin_a_talk, expect_each_once, say_each
from tests.journeys.service import Service
from tests.journeys.visitor import VisitorAtHome

FORGET_KEYS = """() => new Promise((resolve, reject) => {
  const request = indexedDB.deleteDatabase("suoja-duty");
  request.onsuccess = resolve;
  request.onerror = request.onblocked = reject;
})"""


@pytest.mark.safety(30)
@pytest.mark.parametrize("key", ["kept", "lost"])
def test_a_crashed_tab_opens_the_same_talk_again(
    visitor: VisitorAtHome, helper: HelperAtWork, helpers_next_tab: Page, service: Service, key: str
) -> None:
    begin_a_talk(visitor, helper)
    helpers = say_each(helper, "before the crash")
    visitor.expect_to_read("before the crash")
    helper.crash()
    visitors = say_each(visitor, "while nobody was there")
    if key == "lost":
        helpers_next_tab.goto(f"{service.url}/en/")
        helpers_next_tab.evaluate(FORGET_KEYS)
    helper.come_back(helpers_next_tab)
    expect(helper.message).to_be_editable()
    helpers += say_each(helper, "after the crash")
    visitors += say_each(visitor, "good that you are back")
    expect_each_once(visitor, helper, visitors, helpers)
    expect(visitor.inside.get_by_role("status", name="Queue")).to_have_count(0)


@pytest.mark.safety(15)
@pytest.mark.safety(30)
def test_a_helper_who_never_comes_back_leaves_the_visitor_first_in_the_queue(
    visitor: VisitorAtHome,
    helper: HelperAtWork,
    colleague: HelperAtWork,
    another_visitor: VisitorAtHome,
    helpers_next_tab: Page,
) -> None:
    begin_a_talk(visitor, helper)
    another_visitor.enter("chat page")
    another_visitor.start()
    another_visitor.expect_to_wait()
    helper.crash()
    # Told that the helper's connection is lost, and that they need do nothing.
    expect(visitor.connection).not_to_be_empty()
    visitors = say_each(visitor, "into the silence")
    expect(visitor.inside.get_by_role("status", name="Queue")).to_contain_text("first", timeout=30_000)
    expect(another_visitor.inside.get_by_role("status", name="Queue")).to_contain_text("second")
    colleague.accept_next()
    expect(visitor.log).to_contain_text("Elina")
    colleague.expect_to_read("the visitor's first line")
    helpers = say_each(colleague, "I can read what you wrote")
    expect_each_once(visitor, colleague, ["the visitor's first line", *visitors], helpers)
    helper.come_back(helpers_next_tab)


@pytest.mark.safety(15)
def test_a_helper_who_signs_out_hands_the_visitor_to_the_next(
    visitor: VisitorAtHome, helper: HelperAtWork, colleague: HelperAtWork
) -> None:
    begin_a_talk(visitor, helper)
    helper.sign_out()
    expect(visitor.inside.get_by_role("status", name="Queue")).to_contain_text("first")
    colleague.accept_next()
    colleague.expect_to_read("the helper's first line")
    expect(colleague.log).to_contain_text("Kaisa")
    expect(visitor.log).to_contain_text("Elina")
    visitors, helpers = say_each(visitor, "hello again"), say_each(colleague, "hello, I am another one")
    expect_each_once(visitor, colleague, visitors, helpers)
