"""A talk over bad roads: half a minute without a network, and a proxy that holds every answer back."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.helper import HelperAtWork
from tests.journeys.roads import BufferingRoad, DarkRoad, Road
from tests.journeys.said import begin_a_talk, expect_each_once, say_each
from tests.journeys.service import Service
from tests.journeys.sites import Site
from tests.journeys.visitor import VisitorAtHome

DARK_FOR = 30.0
SAID_WITHIN = 20_000
"""Milliseconds in which either side is told that the connection is lost."""


@pytest.fixture
def road(request: pytest.FixtureRequest, service: Service) -> Iterator[Road]:
    """Lay the road that a story names."""
    with request.param(service.port) as road:
        yield road


@pytest.fixture
def visitor(visitor_page: Page, road: Road, host_site: Site, neutral_site: Site) -> Iterator[VisitorAtHome]:
    """Let the visitor come by the road."""
    visitor = VisitorAtHome(visitor_page, chat=road.url, host=host_site.url, neutral=neutral_site.url)
    yield visitor
    visitor.go_away()


@pytest.mark.mission("M13")
@pytest.mark.safety(30)
@pytest.mark.safety(35)
@pytest.mark.parametrize("road", [DarkRoad], indirect=True, ids=["tunnel"])
def test_half_a_minute_without_a_network_loses_nothing(
    visitor: VisitorAtHome, helper: HelperAtWork, road: DarkRoad
) -> None:
    begin_a_talk(visitor, helper)
    road.go_dark()
    dark_since = time.monotonic()
    # The visitor's browser notices nothing yet; the helper's is told by its system that it is offline.
    helper.page.context.set_offline(offline=True)
    visitors = say_each(visitor, "visitor, the dark has begun", "visitor, nothing to see yet")
    helpers = say_each(helper, "helper, written offline", "helper, and once more")
    expect(helper.page.get_by_text("Connection lost")).to_be_visible()
    helper.page.context.set_offline(offline=False)
    expect(visitor.connection).to_contain_text("lost", timeout=SAID_WITHIN)
    expect(helper.presence).to_have_attribute("data-presence", "unreachable", timeout=SAID_WITHIN)
    visitors += say_each(visitor, "visitor, written while it was lost")
    helpers += say_each(helper, "helper, to somebody who is away")
    visitor.page.wait_for_timeout(max(0, 1000 * (DARK_FOR - (time.monotonic() - dark_since))))
    road.come_back()
    expect_each_once(visitor, helper, visitors, helpers)
    expect(helper.presence).to_have_attribute("data-presence", "here")
    expect(visitor.connection).not_to_contain_text("lost")


@pytest.mark.mission("M13")
@pytest.mark.parametrize("road", [BufferingRoad], indirect=True, ids=["buffering"])
def test_a_proxy_that_holds_answers_back_carries_a_whole_talk(
    visitor: VisitorAtHome, helper: HelperAtWork, road: BufferingRoad
) -> None:
    begin_a_talk(visitor, helper)
    visitors = say_each(visitor, "visitor, by long poll", "visitor, again")
    helpers = say_each(helper, "helper, into a long poll", "helper, again")
    expect_each_once(visitor, helper, visitors, helpers)
    # Each poll is a request of its own; a stream would be one, and nothing of it would have arrived.
    assert road.requests.count("/live/events") > 3
    visitor.end()
    expect(visitor.message).to_have_count(0)
    expect(helper.message).to_have_count(0)
