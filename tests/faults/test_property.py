"""Any interleaving: each acknowledged message is read exactly once, in order, by the other side, up to the end.

Real are: the core behind its endpoint, the writer, the SQL journal over a SQLite file, Django's pages and sign-in, and
the shipped scripts of both sides, as they are served. Around them: jsdom for the browser's page, Node's network and
WebCrypto, and between each browser and the service a network that does to requests what networks do.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.faults import report
from tests.faults.oracle import GOOD
from tests.faults.people import eventually
from tests.faults.stage import Stage
from tests.faults.steps import EITHER, Befalls, Step, stories
from tests.faults.talk import OTHER, Side, Talk

EXAMPLES = int(os.environ.get("SUOJA_FAULT_TALKS") or 40)
ENDINGS = st.lists(st.builds(Befalls, EITHER, st.sampled_from(["go_dark", "cut", "stop_reading"])), max_size=2)


@pytest.mark.safety(10)
@pytest.mark.safety(35)
@pytest.mark.safety(36)
@given(story=stories(), ender=EITHER, at_the_end=ENDINGS)
@settings(
    max_examples=EXAMPLES,
    # A failure is a story already, and each of its steps is real time: shrinking would take the afternoon.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
def test_every_acknowledged_message_is_read_once_in_order(
    stage: Stage, story: list[Step], ender: Side, at_the_end: list[Step]
) -> None:
    with stage.talk() as talk:
        for step in story:
            step(talk)
        talk.heal()
        talk.settle()
        judge(talk)
        for person in talk.people.values():
            eventually(person.older_are_blank, talk.picture)
        goodbyes(talk, ender, at_the_end)
        talk.heal()
        talk.over()
        judge(talk)
        assert not stage.mishaps()


def goodbyes(talk: Talk, ender: Side, faults: list[Step]) -> None:
    """Each says a last word, and one ends the talk as soon as its own is acknowledged."""
    other = OTHER[ender]
    eventually(lambda: talk.say(other) is not None, talk.picture)
    for fault in faults:
        fault(talk)
    # Faults of the one who ends would only put off the end.
    talk.people[ender].network.heal()
    talk.say_and_hear(ender)
    talk.end(ender)


def judge(talk: Talk) -> None:
    verdicts = talk.verdicts()
    report.judged(verdicts.values())
    assert verdicts == dict.fromkeys(OTHER, GOOD), talk.picture()
    assert not talk.complaints(), talk.picture()
