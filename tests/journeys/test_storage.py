"""Where a browser keeps things: nowhere, apart for each site around a frame, or in a profile that is searched later."""

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from secrets import token_urlsafe
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.journeys.engines import ENGINES_WITHOUT_STORAGE, PROFILES
from tests.journeys.helper import HelperAtWork
from tests.journeys.said import begin_a_talk, expect_each_once, say_each
from tests.journeys.service import Service
from tests.journeys.sites import Site
from tests.journeys.traces import files_below, files_with
from tests.journeys.visitor import VisitorAtHome
from tests.journeys.watch import Watch

TOUCH_STORAGE = "() => { try { return String(sessionStorage.length); } catch (error) { return error.name; } }"
READ_GRANT = "JSON.parse(sessionStorage.getItem('suoja-talk')).grant"
SAID = ["first line", "behind the boathouse", "walk to the lighthouse"]
DRAFTS = ["a draft before the reload", "a draft that was left"]
KEPT_AFTER_MS = 2500
"""A browser writes what its tabs hold to the disk every second or two."""


@pytest.fixture
def page_without_storage(engine: str, playwright: Playwright, watch: Watch) -> Iterator[Page]:
    """Open a tab in a browser whose owner blocks what sites want to keep."""
    browser = ENGINES_WITHOUT_STORAGE[engine](playwright)
    yield watch.over(browser.new_context(locale="en-GB").new_page())
    browser.close()


@pytest.mark.safety(8)
@pytest.mark.safety(31)
def test_a_whole_talk_where_every_storage_throws(
    page_without_storage: Page, helper: HelperAtWork, service: Service, host_site: Site, neutral_site: Site
) -> None:
    visitor = VisitorAtHome(page_without_storage, chat=service.url, host=host_site.url, neutral=neutral_site.url)
    visitor.enter("host page")
    expect(visitor.inside.get_by_role("button", name="Start")).to_be_visible()
    (frame,) = [frame for frame in visitor.page.frames if frame.url.startswith(service.url)]
    assert frame.evaluate(TOUCH_STORAGE) == "SecurityError"
    visitor.start()
    helper.accept_next()
    visitors = say_each(visitor, "kept in memory only")
    helper.expect_to_read("kept in memory only")
    visitor.page.context.set_offline(offline=True)
    visitors += say_each(visitor, "written offline")
    helpers = say_each(helper, "to somebody who is offline")
    visitor.page.context.set_offline(offline=False)
    expect_each_once(visitor, helper, visitors, helpers)
    visitor.end()
    expect(visitor.message).to_have_count(0)
    expect(helper.message).to_have_count(0)


@pytest.mark.safety(31)
def test_a_page_of_ours_can_not_see_what_the_frame_keeps(
    visitor: VisitorAtHome, helper: HelperAtWork, service: Service
) -> None:
    begin_a_talk(visitor, helper, at="host page")
    # The same tab, the same origin, and another page around it.
    visitor.page.goto(f"{service.url}/en/chat/")
    expect(visitor.page.get_by_role("button", name="Start")).to_be_visible()
    assert visitor.page.evaluate(TOUCH_STORAGE) == "0"
    visitor.visit("host page")
    visitor.expect_to_read("the visitor's first line")


@pytest.mark.safety(8)
def test_a_profile_searched_after_the_talk_holds_no_word_and_opens_nothing(
    engine: str, playwright: Playwright, tmp_path: Path, helper: HelperAtWork, service: Service, neutral_site: Site
) -> None:
    context = PROFILES[engine](playwright, tmp_path)
    page = context.pages[0] if context.pages else context.new_page()
    visitor = VisitorAtHome(page, chat=service.url, host="", neutral=neutral_site.url)
    begin_a_talk(visitor, helper)
    say_each(visitor, SAID[1])
    say_each(helper, SAID[2])
    visitor.message.fill(DRAFTS[0])
    page.wait_for_timeout(KEPT_AFTER_MS)
    page.reload()
    visitor.expect_to_read(SAID[2])
    visitor.message.fill(DRAFTS[1])
    page.wait_for_timeout(KEPT_AFTER_MS)
    grant = page.evaluate(READ_GRANT)
    # What may be there is found: otherwise, finding nothing else would prove nothing.
    assert files_with([signature_of(grant)], files_below(tmp_path))
    assert files_with([*SAID, *DRAFTS], files_below(tmp_path)) == []
    visitor.end()
    helper.close_talk()
    page.goto(f"{neutral_site.url}/")
    page.wait_for_timeout(KEPT_AFTER_MS)
    context.close()

    assert files_with([*SAID, *DRAFTS], files_below(tmp_path)) == []
    assert status_of_resume(service, grant) == 410


def signature_of(grant: str) -> str:
    """Return the part of a grant that no other has."""
    return grant.rpartition(".")[2]


def status_of_resume(service: Service, grant: str) -> int:
    """Return what the service answers to somebody who found a grant and takes the talk up with it."""
    request = urllib.request.Request(  # noqa: S310  # Our own address.
        f"{service.url}/live/resume",
        data=json.dumps({"page": token_urlsafe(16)}).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {grant}"},
    )
    with pytest.raises(HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)  # noqa: S310  # As above.
    with refused.value as answer:
        return answer.code
