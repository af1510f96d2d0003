"""A reader that has fallen asleep: it costs nobody else anything, and has everything when it wakes."""

import pytest

from tests.faults import report
from tests.faults.oracle import GOOD
from tests.faults.stage import Stage
from tests.faults.talk import OTHER

WHILE_ASLEEP = 60
LONG = " and much more" * 200


@pytest.mark.safety(35)
@pytest.mark.safety(38)
def test_a_sleeping_reader_keeps_nobody_waiting_and_misses_nothing(stage: Stage) -> None:
    with stage.talk() as talk, stage.talk(by="professional2@example.org") as other:
        talk.visitor.network.stop_reading()
        for _ in range(WHILE_ASLEEP):
            assert talk.say("helper", LONG)
            other.say_and_hear("helper")
        other.settle()
        assert other.verdicts() == dict.fromkeys(OTHER, GOOD), other.picture()
        talk.visitor.network.stop_reading(stops=False)
        talk.settle()
        assert len(talk.visitor.read()) == WHILE_ASLEEP
        assert talk.verdicts() == dict.fromkeys(OTHER, GOOD), talk.picture()
        report.add(f"a sleeping reader: {WHILE_ASLEEP} long messages, all there when it woke; nobody else waited")
        for one in (other, talk):
            one.end("visitor")
            one.over()
        assert not stage.mishaps()
