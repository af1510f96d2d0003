"""Who takes part in a journey: each in a browser profile of their own, and gone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser

from tests.journeys.helper import HelperAtWork
from tests.journeys.service import Service
from tests.journeys.watch import Watch


@contextmanager
def at_work(browser: Browser, service: Service, watch: Watch, email: str) -> Iterator[HelperAtWork]:
    """Have a helper who is available; afterwards they are not on duty any more."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    helper = HelperAtWork(watch.over(context.new_page()), service.url)
    helper.sign_in(email)
    helper.become_available()
    yield helper
    helper.go_home()
    context.close()
