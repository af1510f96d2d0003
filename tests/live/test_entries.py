"""Appending to a log."""

from suoja.lib.codes import ConversationCode, LineCode
from suoja.live.entries import appended
from suoja.live.lifecycle import State
from suoja.live.limits import MAX_ENTRIES
from suoja.live.records import Conversation
from suoja.live.wire import Said
from tests.live.cast import HALF_KEY, VISITOR

TALK = Conversation(
    code=ConversationCode("talk"),
    line=LineCode("adults"),
    language="fi",
    state=State.ACTIVE,
    newest=MAX_ENTRIES - 1,
    visitor=VISITOR.participant,
    wants_professional=False,
    half_key=HALF_KEY,
    opened_at=0,
    queued_at=0,
)


def said(number: int) -> Said:
    return Said("talk", number, 0, VISITOR.participant, f"m{number}", "sealed")


def test_an_event_takes_the_next_number_and_becomes_news() -> None:
    change = appended(TALK, said(MAX_ENTRIES), VISITOR.participant, "m")
    assert change.saved[0].newest == MAX_ENTRIES
    assert change.news[0].body == change.appended[0].body
    assert (change.appended[0].sender, change.appended[0].message) == (VISITOR.participant, "m")
