"""The quick exit: every way, in the frame and on the page of its own."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.helper import HelperAtWork
from tests.journeys.service import Service
from tests.journeys.sites import Site
from tests.journeys.store import TalksBegunSince
from tests.journeys.visitor import Place, VisitorAtHome

PLACES: list[Place] = ["front page", "chat page", "host page"]
# Presses the exit and looks, in the same task, at what lies on top of the page's corners and its middle.
PRESS_AND_LOOK = """(link) => {
  link.click();
  const { clientWidth, clientHeight } = document.documentElement;
  const right = clientWidth - 2, bottom = clientHeight - 2;
  const points = [[1, 1], [right, 1], [1, bottom], [right, bottom], [right / 2, bottom / 2]];
  return points.map(([x, y]) => {
    let top = document.elementFromPoint(x, y);
    while (top?.shadowRoot) top = top.shadowRoot.elementFromPoint(x, y);
    return top?.closest("[data-suoja-cover]") !== null && getComputedStyle(top).opacity === "1";
  });
}"""


def begin_a_talk(visitor: VisitorAtHome, helper: HelperAtWork, place: Place) -> None:
    """Come to the point where there is something to lose."""
    visitor.enter(place)
    visitor.start()
    helper.accept_next()
    visitor.say("somebody may come in")
    helper.expect_to_read("somebody may come in")


@pytest.mark.safety(2)
@pytest.mark.safety(7)
@pytest.mark.parametrize("place", PLACES)
def test_the_exit_leaves_for_the_neutral_site_and_the_helper_sees_it(
    visitor: VisitorAtHome, helper: HelperAtWork, talks: TalksBegunSince, neutral_site: Site, place: Place
) -> None:
    begin_a_talk(visitor, helper, place)
    neutral_site.requests.clear()
    visitor.exit_link.click()
    visitor.expect_to_be_away()
    assert all(referrer is None for _, referrer in neutral_site.requests)
    expect(helper.talk).to_contain_text("left quickly")
    expect(helper.message).to_have_count(0)
    helper.close_talk()
    assert talks.rows() == 0


@pytest.mark.safety(3)
@pytest.mark.parametrize("place", PLACES)
def test_shift_three_times_leaves_from_the_composer(visitor: VisitorAtHome, helper: HelperAtWork, place: Place) -> None:
    begin_a_talk(visitor, helper, place)
    for _ in range(3):
        visitor.message.press("Shift")
    visitor.expect_to_be_away()
    expect(helper.talk).to_contain_text("left quickly")


@pytest.mark.safety(3)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.usefixtures("helper")
def test_shift_three_times_leaves_from_the_page_around(visitor: VisitorAtHome, place: Place) -> None:
    visitor.enter(place)
    for _ in range(3):
        visitor.page.locator("body").press("Shift")
    visitor.expect_to_be_away()


@pytest.mark.safety(3)
@pytest.mark.usefixtures("helper")
def test_shift_as_a_modifier_or_among_other_keys_does_not_leave(visitor: VisitorAtHome) -> None:
    visitor.enter("chat page")
    visitor.page.locator("body").focus()
    for key in ("Shift+a", "Shift+b", "Shift+c", "Shift", "x", "Shift", "x", "Shift"):
        visitor.page.keyboard.press(key)
    expect(visitor.inside.get_by_role("button", name="Start")).to_be_visible()
    assert visitor.page.url.endswith("/en/chat/")


@pytest.mark.safety(2)
@pytest.mark.parametrize("place", PLACES)
def test_offline_the_whole_page_is_covered_in_the_same_moment(
    visitor: VisitorAtHome, visitor_context: BrowserContext, helper: HelperAtWork, place: Place
) -> None:
    begin_a_talk(visitor, helper, place)
    visitor_context.set_offline(offline=True)
    covered = visitor.exit_link.evaluate(PRESS_AND_LOOK)
    assert covered == [True] * 5


@pytest.mark.safety(4)
@pytest.mark.parametrize("place", PLACES)
def test_back_never_shows_the_chat(visitor: VisitorAtHome, helper: HelperAtWork, place: Place) -> None:
    visitor.page.goto(f"{visitor.neutral}/before/")
    visitor.enter(place)
    entries = visitor.page.evaluate("history.length")
    visitor.start()
    helper.accept_next()
    assert visitor.page.evaluate("history.length") == entries
    visitor.exit_link.click()
    visitor.expect_to_be_away()
    assert visitor.page.evaluate("history.length") == entries
    visitor.go_back_to(f"{visitor.neutral}/before/")


@pytest.mark.safety(1)
@pytest.mark.parametrize("place", PLACES)
def test_there_is_one_exit_large_enough_in_every_state(
    visitor: VisitorAtHome, helper: HelperAtWork, place: Place
) -> None:
    def expect_one_exit() -> None:
        expect(visitor.exit_link).to_have_count(1)
        expect(visitor.exit_link).to_be_in_viewport()
        box = visitor.exit_link.bounding_box()
        assert box is not None
        assert box["width"] >= 44
        assert box["height"] >= 44
        assert visitor.exit_link.get_attribute("href") == f"{visitor.neutral}/"

    visitor.enter(place)
    expect_one_exit()
    visitor.start()
    visitor.expect_to_wait()
    expect_one_exit()
    helper.accept_next()
    visitor.expect_to_talk()
    expect_one_exit()
    visitor.page.set_viewport_size({"width": 360, "height": 300})
    visitor.say("seen with the keyboard open")
    expect_one_exit()
    expect(visitor.message).to_be_in_viewport()
    expect(visitor.log.get_by_text("seen with the keyboard open")).to_be_in_viewport()
    visitor.end()
    expect(visitor.message).to_have_count(0)
    expect_one_exit()


@pytest.mark.safety(1)
@pytest.mark.parametrize("address", ["/en/", "/en/chat/"])
def test_without_javascript_the_exit_is_a_plain_link(
    scriptless_page: Page, service: Service, neutral_site: Site, address: str
) -> None:
    scriptless_page.goto(service.url + address)
    neutral_site.requests.clear()
    scriptless_page.get_by_role("link", name="Exit this page").click()
    scriptless_page.wait_for_url(f"{neutral_site.url}/")
    assert all(referrer is None for _, referrer in neutral_site.requests)
