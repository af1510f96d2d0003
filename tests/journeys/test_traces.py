"""What leaving leaves behind when something is slow, away or in between; and what a reload must not lose."""

import pytest
from playwright.sync_api import expect

from tests.journeys.helper import HelperAtWork
from tests.journeys.service import Service
from tests.journeys.test_exit import PLACES, begin_a_talk
from tests.journeys.test_talk import rows_of_talks
from tests.journeys.visitor import Place, VisitorAtHome


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
def test_a_place_in_the_queue_that_comes_after_the_exit_is_given_up(visitor: VisitorAtHome, service: Service) -> None:
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
    assert set(rows_of_talks(service).values()) == {0}
    visitor.enter("chat page")
    expect(visitor.inside.get_by_role("button", name="Start")).to_be_visible()
    assert visitor.page.evaluate("sessionStorage.length") == 0
