"""A talk over a bad road: a proxy that holds every answer back until it is whole."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.helper import HelperAtWork
from tests.journeys.roads import BufferingRoad, Road
from tests.journeys.said import begin_a_talk, expect_each_once, say_each
from tests.journeys.service import Service
from tests.journeys.sites import Site
from tests.journeys.visitor import VisitorAtHome


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
