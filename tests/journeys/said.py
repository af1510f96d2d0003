"""What two logs show of what was said: everything, once, in the same order on both sides."""

from collections.abc import Sequence

from playwright.sync_api import expect

from tests.journeys.helper import HelperAtWork
from tests.journeys.visitor import Place, VisitorAtHome

PATIENCE = 30_000
"""Milliseconds until both sides are level again: a try that was under way in the dark has to give up first."""


def begin_a_talk(visitor: VisitorAtHome, helper: HelperAtWork, *, at: Place = "chat page") -> None:
    """Come to the point where both have said something."""
    visitor.enter(at)
    visitor.start()
    helper.accept_next()
    visitor.say("the visitor's first line")
    helper.expect_to_read("the visitor's first line")
    helper.say("the helper's first line")
    visitor.expect_to_read("the helper's first line")


def say_each(who: VisitorAtHome | HelperAtWork, *texts: str) -> list[str]:
    """Say one after the other, without waiting for any of them to arrive. Return them."""
    for text in texts:
        who.say(text)
    return list(texts)


def expect_each_once(visitor: VisitorAtHome, helper: HelperAtWork, *sides: Sequence[str]) -> None:
    """See every text once on both sides, each side's in the order of its saying, both logs in the same order."""
    texts = [text for side in sides for text in side]
    for log in (visitor.log, helper.log):
        for text in texts:
            expect(log).to_contain_text(text, timeout=PATIENCE)
    shown = [log.inner_text() for log in (visitor.log, helper.log)]
    assert [log.count(text) for log in shown for text in texts] == [1] * 2 * len(texts)
    orders = [sorted(texts, key=log.index) for log in shown]
    assert orders[0] == orders[1]
    for side in sides:
        assert [text for text in orders[0] if text in side] == list(side)
