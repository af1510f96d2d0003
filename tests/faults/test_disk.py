"""A disk that takes no more: nothing is acknowledged, people are told, and when there is room it arrives once."""

import msgspec
import pytest

from tests.faults import report
from tests.faults.oracle import GOOD
from tests.faults.people import Shown, eventually
from tests.faults.service import Process
from tests.faults.stage import Stage
from tests.faults.talk import OTHER, SIDES, Side, Talk

NOT_YET: dict[Side, str] = {
    "visitor": "This message has not been sent yet. We are trying again; your text is safe.",
    "helper": "Not sent yet. We are trying again; your text is safe.",
}
HEALTHY = (200, "")


@pytest.mark.safety(35)
@pytest.mark.safety(36)
def test_on_a_full_disk_nothing_is_acknowledged_and_nothing_is_lost(killable_stage: Stage, killable: Process) -> None:
    with killable_stage.talk() as talk:
        for side in SIDES:
            talk.say_and_hear(side)
        killable.fill_the_disk()
        for side in SIDES:
            talk.say(side)
        for side in SIDES:
            expect_not_sent(talk, side)
        eventually(lambda: killable.health()[0] == 503, killable.health)
        assert msgspec.json.decode(killable.health()[1]) == {"status": "unavailable", "reason": "storage"}
        killable.empty_the_disk()
        talk.settle()
        assert talk.verdicts() == dict.fromkeys(OTHER, GOOD), talk.picture()
        assert {side: talk.people[side].sent() for side in SIDES} == talk.attempted
        eventually(lambda: killable.health() == HEALTHY, killable.health)
        talk.end("helper")
        talk.over()
        assert not killable_stage.mishaps()
    report.add("a full disk: nothing acknowledged, told to both, sent once when there was room")


def expect_not_sent(talk: Talk, side: Side) -> None:
    """See that the last message is refused, is told to be not sent yet, and is read by nobody."""
    person, text = talk.people[side], talk.attempted[side][-1]
    eventually(lambda: Shown(text=text, state=NOT_YET[side], isOwn=True) == person.log()[-1], talk.picture)
    assert text not in person.sent()
    assert person.network.answers["say", 503] >= 1
    assert talk.people[OTHER[side]].read() == talk.attempted[side][:1]
