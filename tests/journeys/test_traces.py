"""What leaving leaves behind when something is slow, away or in between; and what a reload must not lose."""

import pytest

from tests.journeys.helper import HelperAtWork
from tests.journeys.visitor import Place, VisitorAtHome

PLACES: list[Place] = ["front page", "chat page", "host page"]


@pytest.mark.safety(8)
@pytest.mark.safety(13)
@pytest.mark.parametrize("place", PLACES)
def test_a_reload_in_the_queue_keeps_the_place(visitor: VisitorAtHome, helper: HelperAtWork, place: Place) -> None:
    visitor.enter(place)
    visitor.start()
    visitor.expect_to_wait()
    visitor.page.reload()
    visitor.expect_to_wait()
    helper.accept_next()
    visitor.expect_to_talk()
