"""A browser of the bench in a talk of the program: what it hears may come before what it has asked for."""

import json

import pytest

from bench.connections import Answered, Commands
from bench.people import Run
from bench.talks import Talker

VISITOR, HELPER = 0, 1


class Asked(Commands):
    """Commands that nobody carries; what was to be sent is kept."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 1))
        self.sent: list[bytes] = []

    def send(self, content: bytes, then: Answered) -> None:
        self.sent.append(content)
        then(204, b"")


@pytest.fixture
def helper() -> Talker:
    talker = Talker(HELPER, Run(), "grant")
    talker.commands = Asked()
    return talker


def positions(talker: Talker) -> object:
    assert isinstance(talker.commands, Asked)
    return json.loads(talker.commands.sent[-1].partition(b"\r\n\r\n")[2])["positions"]


def test_a_heartbeat_that_comes_before_the_answer_to_accept_is_answered(helper: Talker) -> None:
    helper.heard(b'{"event":"accepted","conversation":"talk","number":2,"participant":"p","public_key":"k"}')
    helper.heard(b'{"event":"heartbeat","seconds":8}')
    assert positions(helper) == {}
    assert helper.run.ledger.wrong == []


def test_a_heartbeat_is_answered_with_how_far_the_talk_was_heard(helper: Talker) -> None:
    helper.talks_in("talk")
    helper.heard(b'{"event":"ending","number":4}')
    helper.heard(b'{"event":"heartbeat","seconds":8}')
    assert positions(helper) == {"talk": 4}
    assert helper.heartbeats == 1
