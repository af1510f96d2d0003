"""`kill -9` in mid-talk: what was acknowledged is there, what was not is sent again, nothing comes twice.

The program itself is killed, in a talk whose both sides have just had one message acknowledged and have another on its
way. The seed chooses how far that one has come: lost before the service, in it, committed with its answer lost. Pages
stay open over all kills, as the pages of real people would, and every kill meets a few lines more of the same talk.
"""

import os
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults import report
from tests.faults.network import Fault
from tests.faults.oracle import GOOD
from tests.faults.service import Process
from tests.faults.stage import Stage
from tests.faults.talk import OTHER, SIDES, Side, Talk

SEEDS = int(os.environ.get("SUOJA_FAULT_KILLS") or 20)
LONGEST_WAIT = 0.03
"""Between Send and the kill: a commit and its answer take a few milliseconds."""


@pytest.mark.safety(35)
@pytest.mark.safety(36)
def test_no_kill_loses_or_doubles_what_was_acknowledged(killable_stage: Stage, killable: Process) -> None:
    open_when_killed = 0
    with killable_stage.talk() as talk:
        for seed in range(SEEDS):
            open_when_killed += killed_once(talk, killable, random.Random(seed))  # noqa: S311  # A seed, no secret.
            judge(talk, killable)
        talk.end("visitor")
        talk.over()
        assert not killable_stage.mishaps()
        written = sum(map(len, talk.attempted.values()))
    report.add(
        f"`kill -9` of the service: {SEEDS} seeds in one talk, {written} messages, {open_when_killed} of them"
        " not acknowledged when it was killed; gaps in the numbers 0"
    )
    # Otherwise the kills came too late to be any test of what was on its way.
    assert open_when_killed >= SEEDS


def killed_once(talk: Talk, service: Process, chance: random.Random) -> int:
    """Kill the service with one message of each side acknowledged and one on its way; return how many were open."""
    just = [talk.say_and_hear(side) for side in chance.sample(SIDES, 2)]
    last = [said for side in chance.sample(SIDES, 2) if (said := say_into(talk, side, chance)) is not None]
    time.sleep(chance.uniform(0, LONGEST_WAIT))
    service.kill()
    talk.note()
    acknowledged = {text for side in OTHER for text in talk.acknowledged[side]}
    assert set(just) <= acknowledged
    service.start()
    talk.settle()
    return len(set(last) - acknowledged)


def say_into(talk: Talk, side: Side, chance: random.Random) -> str | None:
    """Write a text whose request, or its answer, may get lost on the way."""
    fault = chance.choice([None, Fault.REQUEST_LOST, Fault.ANSWER_LOST])
    if fault is not None:
        talk.people[side].network.meets("say", fault)
    return talk.say(side)


def judge(talk: Talk, service: Process) -> None:
    verdicts = talk.verdicts()
    report.judged(verdicts.values())
    assert verdicts == dict.fromkeys(OTHER, GOOD), talk.picture()
    assert not talk.complaints(), talk.picture()
    one, other = talk.sequences()
    assert one == other
    numbers = numbers_in(service.var / "talks.sqlite3")
    assert numbers == list(range(1, len(numbers) + 1))


def numbers_in(store: Path) -> list[int]:
    """Return the numbers of the one log in the store, in order."""
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as file:
        return [number for (number,) in file.execute("SELECT number FROM conversations_entry ORDER BY number")]
