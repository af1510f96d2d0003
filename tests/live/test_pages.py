"""Which page has taken up which seat: what is remembered, and for how much."""

from msgspec.structs import replace

from suoja.live.limits import PAGES_PER_SEAT, SEATS_KEPT
from suoja.live.operations import DutyState
from suoja.live.pages import Pages
from suoja.live.records import Change
from tests.live.cast import PROFESSIONAL, TALK, leaves, resumes, starts
from tests.live.test_seats import HELD


def followed(pages: Pages, page: str, epoch: int, code: str = TALK) -> None:
    pages.follow(resumes(code, page=page), Change(result=replace(HELD, visitor_epoch=epoch)))


def test_a_page_that_never_asked_is_not_known() -> None:
    pages = Pages()
    followed(pages, "a", 2)
    assert pages.epoch_of(TALK, "b") is None
    assert pages.epoch_of("another", "a") is None


def test_an_epoch_is_one_pages_alone() -> None:
    """The batch that gave it to the first page was not committed."""
    pages = Pages()
    followed(pages, "a", 2)
    followed(pages, "b", 3)
    followed(pages, "c", 3)
    assert [pages.epoch_of(TALK, page) for page in "abc"] == [2, None, 3]


def test_what_has_gone_is_forgotten() -> None:
    pages = Pages()
    followed(pages, "a", 2)
    pages.follow(starts(page="b"), Change(result=DutyState(is_available=False, epoch=3, conversations=())))
    assert (pages.epoch_of(TALK, "a"), pages.epoch_of(PROFESSIONAL.duty, "b")) == (2, 3)
    pages.follow(leaves(), Change(removed=(TALK,), removed_duties=(PROFESSIONAL.duty,)))
    assert (pages.epoch_of(TALK, "a"), pages.epoch_of(PROFESSIONAL.duty, "b")) == (None, None)


def test_the_latest_pages_of_a_seat_are_remembered() -> None:
    pages = Pages()
    for epoch in range(1, PAGES_PER_SEAT + 3):
        followed(pages, f"page{epoch}", epoch)
    known = [epoch for epoch in range(1, PAGES_PER_SEAT + 3) if pages.epoch_of(TALK, f"page{epoch}")]
    assert known == list(range(3, PAGES_PER_SEAT + 3))


def test_the_latest_seats_are_remembered() -> None:
    pages = Pages()
    for number in range(SEATS_KEPT):
        followed(pages, "a", 2, f"talk{number}")
    followed(pages, "b", 3, "talk0")
    followed(pages, "a", 2, "one more")
    assert pages.epoch_of("talk0", "b") == 3
    assert pages.epoch_of("talk1", "a") is None
