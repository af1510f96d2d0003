"""The service goes away in the middle of a talk and comes back: by a deploy, and by a power cut."""

import pytest
from playwright.sync_api import Error, Page, expect

from tests.journeys.helper import HelperAtWork
from tests.journeys.said import begin_a_talk, expect_each_once, say_each
from tests.journeys.service import Service
from tests.journeys.visitor import VisitorAtHome


@pytest.mark.mission("M13")
@pytest.mark.safety(35)
@pytest.mark.parametrize("how", ["deploy", "power cut"])
def test_both_sides_reload_while_the_service_is_away_and_lose_nothing(
    visitor: VisitorAtHome, helper: HelperAtWork, service: Service, how: str
) -> None:
    begin_a_talk(visitor, helper)
    visitors = say_each(visitor, "acknowledged, perhaps, just before")
    stop(service, how)
    visitors += say_each(visitor, "written while the service was away")
    expect(visitor.connection).to_contain_text("lost")
    for page in (visitor.page, helper.page):
        reload_in_vain(page)
    service.start()
    for page in (visitor.page, helper.page):
        page.reload()
    helpers = say_each(helper, "after the restart")
    visitors += say_each(visitor, "and after it")
    expect_each_once(visitor, helper, visitors, helpers)


@pytest.mark.mission("M13")
@pytest.mark.safety(35)
@pytest.mark.parametrize("how", ["deploy", "power cut"])
def test_a_restart_in_mid_talk_loses_nothing_and_is_forgotten(
    visitor: VisitorAtHome, helper: HelperAtWork, service: Service, how: str
) -> None:
    begin_a_talk(visitor, helper)
    stop(service, how)
    visitors = say_each(visitor, "visitor, in the blink")
    helpers = say_each(helper, "helper, in the blink")
    service.start()
    expect_each_once(visitor, helper, visitors, helpers)
    expect(visitor.connection).not_to_contain_text("lost")
    expect(helper.page.get_by_text("Connection lost")).to_have_count(0)


def stop(service: Service, how: str) -> None:
    """End the service's process."""
    if how == "deploy":
        service.stop()
    else:
        service.kill()


def reload_in_vain(page: Page) -> None:
    """Reload while nobody answers: the browser shows its own page of error."""
    with pytest.raises(Error):
        page.reload()
