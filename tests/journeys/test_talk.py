"""A visitor and a helper talk, in separate browsers, from the queue to nothing left."""

import pytest
from playwright.sync_api import expect

from tests.journeys.helper import HelperAtWork
from tests.journeys.service import Service
from tests.journeys.store import TalksBegunSince
from tests.journeys.traces import files_with
from tests.journeys.visitor import Place, VisitorAtHome
from tests.journeys.watch import Watch

VISITOR_SAYS = [f"visitor's line {number}: hän katsoo puhelimen joka ilta" for number in range(10)]
HELPER_SAYS = [f"helper's line {number}: kirjoita omaan tahtiin" for number in range(10)]


WORDS = ["katsoo puhelimen", "omaan tahtiin"]


def plaintext_found(service: Service) -> list[str]:
    """Return the files of the state directory that hold a word of the talk."""
    return files_with(WORDS, service.files())


def talk_both_ways(visitor: VisitorAtHome, helper: HelperAtWork) -> None:
    """Exchange twenty messages, each read before the next is written."""
    for asked, answered in zip(VISITOR_SAYS, HELPER_SAYS, strict=True):
        visitor.say(asked)
        helper.expect_to_read(asked)
        helper.say(answered)
        visitor.expect_to_read(answered)


@pytest.mark.mission("M1")
@pytest.mark.mission("M4")
@pytest.mark.mission("M12")
@pytest.mark.parametrize("ended_by", ["visitor", "helper"])
@pytest.mark.parametrize("place", ["front page", "chat page"])
def test_twenty_messages_go_both_ways_and_nothing_is_left(
    visitor: VisitorAtHome,
    helper: HelperAtWork,
    service: Service,
    talks: TalksBegunSince,
    place: Place,
    ended_by: str,
) -> None:
    visitor.enter(place)
    visitor.start()
    visitor.expect_to_wait()
    helper.accept_next()
    visitor.expect_to_talk()

    talk_both_ways(visitor, helper)
    in_order = [text for pair in zip(VISITOR_SAYS, HELPER_SAYS, strict=True) for text in pair]
    for log in (visitor.log, helper.log):
        shown = log.inner_text()
        places = [shown.index(text) for text in in_order]
        assert places == sorted(places)
    assert plaintext_found(service) == []
    assert talks.rows() > 20

    (visitor if ended_by == "visitor" else helper).end()
    expect(visitor.message).to_have_count(0)
    expect(helper.message).to_have_count(0)
    helper.expect_to_read(VISITOR_SAYS[0])
    helper.close_talk()
    assert plaintext_found(service) == []
    assert talks.rows() == 0


@pytest.mark.mission("M7")
def test_the_visitor_sees_who_answers_and_never_an_account(visitor: VisitorAtHome, helper: HelperAtWork) -> None:
    visitor.enter("chat page")
    visitor.start()
    helper.accept_next()
    expect(visitor.log).to_contain_text("Professional ")
    page = visitor.page.content()
    assert "professional@example.org" not in page


def test_a_live_talk_shows_again_after_a_reload(visitor: VisitorAtHome, helper: HelperAtWork) -> None:
    visitor.enter("front page")
    visitor.start()
    helper.accept_next()
    visitor.say("before the reload")
    helper.expect_to_read("before the reload")
    visitor.page.reload()
    visitor.expect_to_read("before the reload")
    helper.say("after the reload")
    visitor.expect_to_read("after the reload")


@pytest.mark.mission("M13")
def test_a_helper_with_a_talk_takes_no_second_one(visitor: VisitorAtHome, helper: HelperAtWork) -> None:
    visitor.enter("chat page")
    visitor.start()
    helper.accept_next()
    buttons = helper.page.get_by_role("button", name="Accept next")
    assert all(button.is_disabled() for button in buttons.all())


def test_leaving_the_queue_leaves_nothing(visitor: VisitorAtHome, helper: HelperAtWork, talks: TalksBegunSince) -> None:
    visitor.enter("chat page")
    visitor.start()
    visitor.expect_to_wait()
    visitor.inside.get_by_role("button", name="Leave the queue").click()
    expect(visitor.inside.get_by_role("button", name="Start")).to_be_visible()
    group = helper.page.get_by_role("group", name="Help with violence")
    expect(group.get_by_role("button", name="Accept next")).to_be_disabled()
    assert talks.rows() == 0


@pytest.mark.safety(17)
@pytest.mark.parametrize("place", ["front page", "chat page"])
def test_a_whole_talk_asks_one_origin_only(
    visitor: VisitorAtHome, helper: HelperAtWork, service: Service, watch: Watch, place: Place
) -> None:
    visitor.enter(place)
    visitor.start()
    helper.accept_next()
    visitor.say("hello")
    helper.expect_to_read("hello")
    visitor.end()
    expect(visitor.message).to_have_count(0)
    assert watch.origins() == {service.url}
