"""One fault at a time: what the property test throws together, each alone and in a second."""

import time

import pytest

from tests.faults.network import COPY_AFTER_SECONDS, Fault
from tests.faults.oracle import GOOD
from tests.faults.people import eventually
from tests.faults.stage import Stage
from tests.faults.talk import OTHER, SIDES, Side, Talk

TAKES_A_SEAT: dict[Side, str] = {"visitor": "resume", "helper": "on-duty"}


@pytest.mark.safety(35)
@pytest.mark.safety(36)
@pytest.mark.parametrize("fault", Fault)
def test_a_request_that_meets_a_fault_still_says_its_message_once(stage: Stage, fault: Fault) -> None:
    with stage.talk() as talk:
        for side in SIDES:
            talk.people[side].network.meets("say", fault)
            talk.say_and_hear(side)
            talk.say_and_hear(side)
        finish(talk, stage)
        assert all(talk.people[side].network.met[fault] for side in SIDES)


@pytest.mark.safety(35)
def test_behind_a_proxy_that_buffers_both_go_on_by_polling(stage: Stage) -> None:
    with stage.talk() as talk:
        for side in SIDES:
            talk.people[side].network.buffer()
        for side in (*SIDES, *SIDES):
            talk.say_and_hear(side)
        talk.settle()
        # Each answer came whole: a stream would have been held back until now.
        assert all(talk.people[side].network.answers["events", 200] > 1 for side in SIDES)
        finish(talk, stage)


@pytest.mark.safety(30)
@pytest.mark.safety(35)
def test_a_helper_who_lost_the_key_and_the_page_reads_and_writes_on(stage: Stage) -> None:
    with stage.talk() as talk:
        for side in SIDES:
            talk.say_and_hear(side)
        talk.helper.lose_keys()
        talk.say("visitor")
        talk.say_and_hear("helper")
        finish(talk, stage)


@pytest.mark.safety(10)
@pytest.mark.safety(35)
@pytest.mark.parametrize("fault", [Fault.TWICE, Fault.LATE_COPY])
def test_a_page_whose_request_for_its_seat_comes_twice_keeps_it(stage: Stage, fault: Fault) -> None:
    with stage.talk() as talk:
        for side in SIDES:
            talk.say_and_hear(side)
            talk.people[side].network.meets(TAKES_A_SEAT[side], fault)
            talk.reload(side)
            talk.say_and_hear(side)
        time.sleep(COPY_AFTER_SECONDS + 0.3)
        for side in SIDES:
            talk.say_and_hear(side)
        finish(talk, stage)
        assert all(talk.people[side].network.met[fault] for side in SIDES)


@pytest.mark.safety(15)
@pytest.mark.safety(35)
def test_what_was_on_its_way_when_the_helper_left_is_read_once_by_the_next(stage: Stage) -> None:
    with stage.talk() as talk:
        for side in SIDES:
            talk.say_and_hear(side)
        talk.visitor.network.go_dark()
        talk.say("visitor")
        stage.leaves(talk.helper)
        talk.visitor.network.light_up()
        next_helper = talk.people["helper"] = stage.helper("professional2@example.org")
        next_helper.press("Accept next")
        before = [*talk.attempted["visitor"][:1], *talk.attempted["helper"], talk.attempted["visitor"][1]]
        eventually(lambda: next_helper.read() == before, talk.picture)
        said = [talk.say_and_hear("helper"), talk.say_and_hear("visitor")]
        eventually(lambda: talk.sequences() == [[*before, *said]] * 2, talk.picture)
        assert not talk.complaints(), talk.picture()
        talk.end("visitor")
        talk.over()
        assert not stage.mishaps()


def finish(talk: Talk, stage: Stage) -> None:
    """Wait for quiet, judge, and end."""
    talk.settle()
    assert talk.verdicts() == dict.fromkeys(OTHER, GOOD), talk.picture()
    assert not talk.complaints(), talk.picture()
    assert len(set(map(tuple, talk.sequences()))) == 1
    talk.end("visitor")
    talk.over()
    assert not stage.mishaps()
