"""Somebody in a talk of the bench: one request in flight, numbers without a gap, and an account of every message."""

import pytest

from bench import wire
from bench.people import MESSAGES_PER_SAY, SEALED, Person, Run, message_of
from suoja.lib.codes import ConversationCode, MessageId, ParticipantCode
from suoja.lib.envelope import MessagePlace, new_conversation_key, seal_message
from suoja.lib.padding import Spoken
from suoja.live.wire import MAX_REQUEST_BYTES


class Silent(Person):
    """Sends into a list."""

    def __init__(self, index: int, run: Run) -> None:
        super().__init__(index, run)
        self.sent: list[bytes] = []

    def transmit(self, messages: bytes) -> None:
        self.sent.append(messages)


def said(message: int, number: int) -> bytes:
    return b'{"event":"said","conversation":"c","number":%d,"at":1,"sender":"s","id":"%022d","sealed":"A"}' % (
        number,
        message,
    )


@pytest.fixture
def run() -> Run:
    return Run()


@pytest.fixture
def visitor(run: Run) -> Silent:
    return Silent(0, run)


def test_what_is_sent_is_as_long_as_a_text_of_300_bytes_sealed() -> None:
    place = MessagePlace(ConversationCode("c" * 16), ParticipantCode("p" * 16), MessageId("m" * 22))
    assert len(seal_message(new_conversation_key(), place, Spoken(1, "x" * 300))) == len(SEALED)


def test_messages_wait_for_the_answer_before_them(visitor: Silent) -> None:
    for _ in range(3):
        visitor.say(1.0)
    assert visitor.sent == [message_of(0)]
    visitor.answered(200, b'{"numbers":[4]}')
    assert visitor.sent[1:] == [message_of(1) + b"," + message_of(2)]


def test_a_request_carries_no_more_than_a_browser_sends(visitor: Silent) -> None:
    for _ in range(MESSAGES_PER_SAY + 5):
        visitor.say(1.0)
    visitor.answered(200, b'{"numbers":[4]}')
    assert visitor.sent[-1].count(b'"id"') == MESSAGES_PER_SAY == 5


def test_the_fullest_request_is_one_that_the_service_takes(visitor: Silent) -> None:
    for _ in range(MESSAGES_PER_SAY + 1):
        visitor.say(1.0)
    visitor.answered(200, b'{"numbers":[4]}')
    body = wire.before_messages("c" * 22) + visitor.sent[-1] + b"]}"
    assert len(body) <= MAX_REQUEST_BYTES


def test_a_message_is_accounted_for_on_both_sides(visitor: Silent, run: Run) -> None:
    helper = Silent(1, run)
    visitor.newest = helper.newest = 3
    visitor.say(1.0)
    visitor.heard(said(0, 4))
    helper.heard(said(0, 4))
    visitor.answered(200, b'{"numbers":[4]}')
    assert run.ledger.is_settled
    assert run.ledger.faults() == ()


def test_a_gap_in_the_numbers_is_seen(visitor: Silent, run: Run) -> None:
    visitor.newest = 3
    run.ledger.schedule(1, 1.0)
    visitor.heard(said(0, 5))
    assert "number 5 came after 3" in run.ledger.faults()


def test_a_straggler_of_an_earlier_run_is_no_message_of_this_one(visitor: Silent, run: Run) -> None:
    visitor.say(1.0)
    run.begin()
    visitor.newest = 3
    visitor.heard(said(0, 4))
    assert len(run.ledger) == 0
    assert run.ledger.faults() == ()


def test_a_refusal_is_counted(visitor: Silent, run: Run) -> None:
    visitor.say(1.0)
    visitor.answered(503, b"{}")
    assert run.ledger.refused == 1
