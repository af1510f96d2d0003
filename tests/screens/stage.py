"""What a picture is taken of and with: the program with the two other sites, and a browser's size and light."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.journeys.service import Service
from tests.journeys.sites import Site
from tests.journeys.visitor import VisitorAtHome

SCREENS = Path(__file__).parents[2] / "docs" / "screens"
SEEN: set[str] = set()
PATIENCE_MS = 60_000
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "desk": {"width": 1280, "height": 800},
}

TALK = [
    ("helper", "Hello. Is it safe for you to write just now?"),
    ("visitor", "yes, I am alone until four"),
    ("helper", "Good to know. Write at your own pace. You need not explain a pause. Where would you like to begin?"),
    ("visitor", "I don't know if this is even the right place. he checks my phone every evening"),
]


@dataclass(frozen=True)
class Variant:
    """One size in one light."""

    size: str
    scheme: Literal["light", "dark"]

    def context(self, browser: Browser) -> BrowserContext:
        """Open a fresh profile of this size and light."""
        return browser.new_context(
            viewport=SIZES[self.size], color_scheme=self.scheme, device_scale_factor=1, locale="en-GB"
        )

    def shoot(self, page: Page, state: str, *, whole: bool = False) -> None:
        """Save a picture of a state."""
        page.wait_for_timeout(250)
        seen = [
            frame.locator("#chat").get_attribute("data-state") for frame in page.frames if frame.query_selector("#chat")
        ]
        SEEN.update(state for state in seen if state)
        page.screenshot(path=SCREENS / f"{state}-{self.size}-{self.scheme}.png", full_page=whole)


@dataclass(frozen=True)
class Stage:
    """The service, the two other sites, and a browser to see them with."""

    browser: Browser
    service: Service
    host: Site
    neutral: Site

    def visitor(self, context: BrowserContext) -> VisitorAtHome:
        """Give a visitor a tab."""
        return VisitorAtHome(context.new_page(), chat=self.service.url, host=self.host.url, neutral=self.neutral.url)


@contextmanager
def stage(browser: Browser, **environment: str) -> Iterator["Stage"]:
    """Start the service and the two other sites."""
    with ExitStack() as stack:
        neutral = stack.enter_context(Site("neutral").served())
        host = stack.enter_context(Site("host").served())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        addresses = {"SUOJA_EXIT_URL": f"{neutral.url}/", "SUOJA_FRAME_HOSTS": host.url}
        service = Service(folder / "var", **addresses, **environment)
        yield Stage(browser, stack.enter_context(service.running(host)), host, neutral)
