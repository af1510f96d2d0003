"""The clock jumps, and summer time ends: the order of a talk is that of its numbers, and asks no clock."""

from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from suoja.lib.state import DEMO_FILE, DemoState
from tests.faults import report
from tests.faults.oracle import GOOD
from tests.faults.service import Process, demo
from tests.faults.stage import Stage
from tests.faults.talk import OTHER, SIDES

LAST_SECONDS_OF_SUMMER_TIME = "2024-10-27T03:59:50+03:00"
JUMPS = (0.0, 0.0, 3600.0, -7200.0)
"""Seconds that the clock is set by between two starts: not at all, while summer time ends; forward; back behind all."""


@pytest.mark.safety(35)
def test_neither_a_jump_of_the_clock_nor_the_end_of_summer_time_moves_a_message(tmp_path: Path) -> None:
    service = demo(tmp_path / "var", SUOJA_CLOCK=LAST_SECONDS_OF_SUMMER_TIME)
    service.start()
    with closing(service), closing(Stage(service)) as stage, stage.talk() as talk:
        for jump in (None, *JUMPS):
            if jump is not None:
                service.kill()
                set_clock(service, jump)
                service.start()
            for side in (*SIDES, *SIDES):
                talk.say_and_hear(side)
        talk.settle()
        assert talk.verdicts() == dict.fromkeys(OTHER, GOOD), talk.picture()
        one, other = talk.sequences()
        assert one == other == [text for texts in zip(*talk.attempted.values(), strict=True) for text in texts]
        report.add("the clock: two restarts over the end of summer time, set forward an hour and back two")
        talk.end("visitor")
        talk.over()
        assert not stage.mishaps()


def set_clock(service: Process, seconds: float) -> None:
    """Set the clock of a service that doesn't run."""
    file = service.var / DEMO_FILE
    state = msgspec.json.decode(file.read_bytes(), type=DemoState)
    file.write_bytes(msgspec.json.encode(DemoState(state.clock, state.shift_seconds + seconds)))
