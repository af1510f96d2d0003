"""What leaving leaves behind when something is slow, away or in between; and what a reload must not lose."""

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.helper import HelperAtWork
from tests.journeys.store import TalksBegunSince
from tests.journeys.test_doors import FRAMED
from tests.journeys.test_exit import PLACES, begin_a_talk
from tests.journeys.visitor import Place, VisitorAtHome
from tests.journeys.watch import Watch

# A page that is being left answers no more questions; it is told beforehand to say what lies on top of it.
SAY_WHAT_IS_ON_TOP = """() => {
  const root = document.querySelector("suoja-chat").shadowRoot;
  const look = () => {
    const top = root.elementFromPoint(innerWidth / 2, innerHeight / 2);
    const isCovered = root.querySelector("iframe") === null && Boolean(top?.closest("[data-suoja-cover]"));
    console.log(isCovered ? "covered" : "seen");
  };
  addEventListener("keyup", () => setTimeout(() => setInterval(look, 50)), { once: true });
}"""


@pytest.mark.safety(8)
@pytest.mark.safety(13)
@pytest.mark.parametrize("place", PLACES)
def test_a_reload_in_the_queue_keeps_the_place(visitor: VisitorAtHome, helper: HelperAtWork, place: Place) -> None:
    visitor.enter(place)
    visitor.start()
    visitor.expect_to_wait()
    visitor.page.reload()
    visitor.expect_to_wait()
    helper.accept_next()
    visitor.expect_to_talk()


@pytest.mark.safety(2)
@pytest.mark.safety(7)
@pytest.mark.parametrize("place", PLACES)
def test_the_exit_while_a_talk_is_being_taken_up_again_is_told(
    visitor: VisitorAtHome, helper: HelperAtWork, place: Place
) -> None:
    begin_a_talk(visitor, helper, place)
    visitor.page.route("**/live/resume", lambda route: route.abort())
    visitor.page.reload()
    expect(visitor.inside.locator("[data-state=reconnecting]")).to_be_attached()
    visitor.exit_link.click()
    visitor.expect_to_be_away()
    expect(helper.talk).to_contain_text("left quickly")


@pytest.mark.safety(2)
@pytest.mark.usefixtures("helper")
def test_a_place_in_the_queue_that_comes_after_the_exit_is_given_up(
    visitor: VisitorAtHome, talks: TalksBegunSince
) -> None:
    visitor.enter("chat page")
    opening = visitor.hold("**/live/open")
    leaving = visitor.hold(f"{visitor.neutral}/**")
    visitor.start()
    opening.arrive()
    visitor.exit_link.dispatch_event("click")
    leaving.arrive()
    opening.let_go()
    visitor.page.wait_for_timeout(500)
    leaving.let_go()
    visitor.expect_to_be_away()
    assert talks.rows() == 0
    visitor.enter("chat page")
    expect(visitor.inside.get_by_role("button", name="Start")).to_be_visible()
    assert visitor.page.evaluate("sessionStorage.length") == 0


@pytest.mark.safety(2)
@pytest.mark.safety(7)
@pytest.mark.parametrize("slow", ["**/embed/panel-*", "**/embed/frame/"])
@pytest.mark.parametrize("place", FRAMED)
def test_the_next_page_can_end_the_talk_before_the_chat_is_there(
    visitor: VisitorAtHome, helper: HelperAtWork, place: Place, slow: str
) -> None:
    begin_a_talk(visitor, helper, place)
    coming = visitor.hold(slow)
    visitor.go_on()
    coming.arrive()
    for _ in range(3):
        visitor.page.locator("body").press("Shift")
    visitor.expect_to_be_away()
    expect(helper.talk).to_contain_text("left quickly")
    coming.let_go()
    visitor.enter(place)
    expect(visitor.inside.get_by_role("button", name="Start")).to_be_visible()
    expect(visitor.inside.get_by_text("somebody may come in")).to_have_count(0)
    assert visitor.page.evaluate("sessionStorage.length") == 0


@pytest.mark.safety(2)
@pytest.mark.parametrize("place", FRAMED)
def test_a_panel_that_comes_late_does_not_rise_above_the_cover(visitor: VisitorAtHome, place: Place) -> None:
    said: list[str] = []
    visitor.visit(place)
    coming = visitor.hold("**/embed/panel-*")
    leaving = visitor.hold(f"{visitor.neutral}/**")
    visitor.launcher.click()
    coming.arrive()
    visitor.page.evaluate(SAY_WHAT_IS_ON_TOP)
    for _ in range(3):
        # Not `press`, which would wait for the page that is being held.
        visitor.page.locator("body").dispatch_event("keyup", {"key": "Shift"})
    leaving.arrive()
    visitor.page.on("console", lambda message: said.append(message.text))
    coming.let_go()
    visitor.page.wait_for_timeout(500)
    leaving.let_go()
    visitor.expect_to_be_away()
    assert set(said) == {"covered"}


@pytest.mark.safety(9)
def test_a_page_that_was_put_away_shows_nothing_without_the_server(
    visitor: VisitorAtHome, visitor_context: BrowserContext, helper: HelperAtWork
) -> None:
    begin_a_talk(visitor, helper, "chat page")
    visitor.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    visitor_context.set_offline(offline=True)
    visitor.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    visitor.page.wait_for_timeout(1000)
    expect(visitor.log).to_be_hidden()
    expect(visitor.exit_link).to_be_visible()
    visitor_context.set_offline(offline=False)
    visitor.expect_to_read("somebody may come in")
    expect(visitor.log).to_be_visible()


@pytest.mark.safety(2)
def test_an_exit_in_one_tab_clears_the_other(
    visitor: VisitorAtHome, visitor_context: BrowserContext, helper: HelperAtWork, watch: Watch
) -> None:
    begin_a_talk(visitor, helper, "chat page")
    # As a browser does when somebody duplicates a tab.
    kept = visitor.page.evaluate("Object.entries(sessionStorage)")
    other = watch.over(visitor_context.new_page())
    other.goto(f"{visitor.page.url}?the-same-origin")
    other.evaluate("(kept) => kept.forEach(([name, value]) => sessionStorage.setItem(name, value))", kept)
    other.reload()
    expect(other.get_by_text("somebody may come in")).to_be_visible()
    visitor.exit_link.click()
    visitor.expect_to_be_away()
    expect(other.get_by_role("button", name="Start")).to_be_visible()
    expect(other.get_by_text("somebody may come in")).to_have_count(0)
    assert other.evaluate("sessionStorage.length") == 0


@pytest.mark.safety(3)
@pytest.mark.parametrize("place", FRAMED)
def test_other_keys_count_anew_in_the_frame_too(visitor: VisitorAtHome, helper: HelperAtWork, place: Place) -> None:
    begin_a_talk(visitor, helper, place)
    visitor.message.press("Shift")
    visitor.page.wait_for_timeout(7000)
    for key in ("Shift", "Shift", "a", "b", "c", "Shift"):
        visitor.message.press(key)
    visitor.page.wait_for_timeout(300)
    expect(visitor.message).to_have_value("abc")
