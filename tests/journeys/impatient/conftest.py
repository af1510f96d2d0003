"""The stage for stories about patience that runs out: the same service with short limits, which they may restart."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.cast import at_work
from tests.journeys.helper import HelperAtWork
from tests.journeys.service import Service
from tests.journeys.sites import Site
from tests.journeys.visitor import VisitorAtHome
from tests.journeys.watch import Watch

# Minutes become seconds; long enough for two browsers on a slow machine to answer in between.
LIMITS = {
    "heartbeat_active": 1,
    "heartbeat_waiting": 1,
    "answer_within": 2,
    "gone_after": 2,
    "left_after": 2,
    "park_after": 4,
    "back_after": 2,
    "helper_lost_after": 10,
    "lease_lasts": 10,
    "absence_limit": 16,
    "ending_lasts": 4,
    "sweep_every": 0.5,
}


@pytest.fixture(scope="session")
def host_site() -> Iterator[Site]:
    """Serve an association's own page, which carries the chat of this service."""
    with Site("host").served() as site:
        yield site


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory, neutral_site: Site, host_site: Site) -> Iterator[Service]:
    """Start the demo with short limits."""
    limits = " ".join(f"{name}={value}" for name, value in LIMITS.items())
    service = Service(
        tmp_path_factory.mktemp("impatient") / "var",
        SUOJA_EXIT_URL=f"{neutral_site.url}/",
        SUOJA_FRAME_HOSTS=host_site.url,
        SUOJA_LIMITS=limits,
    )
    with service.running(host_site):
        yield service


@pytest.fixture
def another_visitor(
    browsers: tuple[Browser, Browser], service: Service, host_site: Site, neutral_site: Site, watch: Watch
) -> Iterator[VisitorAtHome]:
    """Give a second visitor a profile of their own."""
    context = browsers[0].new_context(viewport={"width": 390, "height": 740}, locale="en-GB")
    page = watch.over(context.new_page())
    visitor = VisitorAtHome(page, chat=service.url, host=host_site.url, neutral=neutral_site.url)
    yield visitor
    visitor.go_away()
    context.close()


@pytest.fixture
def colleague(browsers: tuple[Browser, Browser], service: Service, watch: Watch) -> Iterator[HelperAtWork]:
    """Sign a second professional in, who is available."""
    with at_work(browsers[1], service, watch, "professional2@example.org") as colleague:
        yield colleague


@pytest.fixture
def helpers_next_tab(helper: HelperAtWork, watch: Watch) -> Page:
    """Open an empty tab in the helper's browser."""
    return watch.over(helper.page.context.new_page())
