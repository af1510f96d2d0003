"""The stage for journeys: one running service, two sites that are not ours, two browsers of each engine."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.journeys.cast import at_work
from tests.journeys.engines import ENGINES, launch_chromium
from tests.journeys.helper import HelperAtWork
from tests.journeys.service import Service
from tests.journeys.sites import Site
from tests.journeys.store import TalksBegunSince
from tests.journeys.visitor import VisitorAtHome
from tests.journeys.watch import Watch


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as a journey."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def neutral_site() -> Iterator[Site]:
    """Serve the place where the exit leads."""
    with Site("neutral").served() as site:
        yield site


@pytest.fixture(scope="session")
def host_site() -> Iterator[Site]:
    """Serve an association's own page; it gets the loader once the service's address is known."""
    with Site("host").served() as site:
        yield site


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory, neutral_site: Site, host_site: Site) -> Iterator[Service]:
    """Start the demo with both sites known to it."""
    var = tmp_path_factory.mktemp("service") / "var"
    service = Service(var, SUOJA_EXIT_URL=f"{neutral_site.url}/", SUOJA_FRAME_HOSTS=host_site.url)
    with service.running(host_site):
        yield service


@pytest.fixture(scope="session", params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    """Name the engine; each journey is made in both."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def browsers(engine: str, playwright: Playwright) -> Iterator[tuple[Browser, Browser]]:
    """Start two browsers of one engine: the visitor's and the helper's never share a process."""
    launch = ENGINES[engine]
    visitors, helpers = launch(playwright), launch(playwright)
    yield visitors, helpers
    visitors.close()
    helpers.close()


@pytest.fixture
def talks(service: Service) -> TalksBegunSince:
    """Count what the talks store holds of this journey's conversations."""
    return TalksBegunSince(service.var)


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Watch every page for script errors and violations of the content security policy; none is allowed."""
    watch = Watch()
    yield watch
    watch.assert_clean()


@pytest.fixture
def visitor_context(browsers: tuple[Browser, Browser]) -> Iterator[BrowserContext]:
    """Give the visitor a fresh profile on a phone-sized screen."""
    context = browsers[0].new_context(viewport={"width": 390, "height": 740}, locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def visitor_page(visitor_context: BrowserContext, watch: Watch) -> Page:
    """Open the visitor's tab."""
    return watch.over(visitor_context.new_page())


@pytest.fixture
def visitor(visitor_page: Page, service: Service, host_site: Site, neutral_site: Site) -> Iterator[VisitorAtHome]:
    """Give the visitor's verbs; afterwards nothing of theirs is left in the service."""
    visitor = VisitorAtHome(visitor_page, chat=service.url, host=host_site.url, neutral=neutral_site.url)
    yield visitor
    visitor.go_away()


@pytest.fixture
def helper(browsers: tuple[Browser, Browser], service: Service, watch: Watch) -> Iterator[HelperAtWork]:
    """Sign a professional in, who is available; afterwards nobody is left on duty."""
    with at_work(browsers[1], service, watch, "professional@example.org") as helper:
        yield helper


@pytest.fixture
def scriptless_page(playwright: Playwright) -> Iterator[Page]:
    """Open a tab without JavaScript. Chromium alone: Playwright can't switch it off in this Firefox."""
    browser = launch_chromium(playwright)
    yield browser.new_context(java_script_enabled=False).new_page()
    browser.close()
