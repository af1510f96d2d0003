"""What a run of the bench says of itself, and that only one that proves something is held against a target or kept."""

import json
import math
from pathlib import Path

import pytest
from msgspec.structs import replace

from bench.__main__ import conclude
from bench.comeback import Comeback, Memory
from bench.figures import Load
from bench.machine import STEP_MS
from bench.plan import Plan
from bench.report import Measured, faults, in_words, targets
from bench.scenarios import OfSuoja


def load(rate: int, cpu: float) -> Load:
    return Load(rate=rate, counted=10 * rate, carried=float(rate), p50=1.0, p99=5.0, slowest=9.0, cpu=cpu, driver=0.3)


@pytest.fixture
def sound() -> Measured:
    """Return a run in which nothing is wrong."""
    plan = Plan(rates=(1000, 5000))
    suoja = OfSuoja(
        loads=[load(1000, 0.2), load(5000, 0.15)],
        with_page=load(1000, math.nan),
        pages={200: 50},
        with_flood=load(1000, math.nan),
        flood={200: 70, 429: 17_000},
        heartbeats=240,
    )
    return Measured(
        plan=plan,
        machine={"cores": "2"},
        relay=[load(1000, 0.12)],
        websocket=[load(1000, 0.1)],
        channels=[load(50, 4.0)],
        suoja=suoja,
        memory=Memory(10_000, 14.0, 1.5),
        comeback=Comeback(0.7, 4.0, 11_000, 0.4, 10_000),
    )


def with_loads(measured: Measured, *loads: Load) -> Measured:
    return replace(measured, suoja=replace(measured.suoja, loads=list(loads)))


def test_a_run_that_proves_something_is_kept(
    sound: Measured, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "performance.json"
    assert conclude(sound, report, is_short=False) == 0
    assert {one["is_met"] for one in json.loads(report.read_bytes())["targets"]} == {True}
    assert "| met |" in capsys.readouterr().out


def test_an_invalid_run_is_not_kept(sound: Measured, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "performance.json"
    lost = replace(load(1000, 0.2), wrong=("1 acknowledged and lost",))
    assert conclude(with_loads(sound, lost), report, is_short=False) == 1
    assert not report.exists()
    said = capsys.readouterr()
    assert said.err == "INVALID: Suoja: 1 acknowledged and lost\n"
    assert "met |" not in said.out


def test_the_short_form_is_held_against_nothing(
    sound: Measured, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "performance.json"
    few = replace(load(1000, 0.2), counted=50)
    assert conclude(with_loads(sound, few), report, is_short=True) == 0
    assert not report.exists()
    said = capsys.readouterr().out
    assert "met |" not in said
    assert "ratio" not in said
    assert f"counted in steps of {STEP_MS:g} ms ({STEP_MS / 50:.2g} ms for each of 50 messages)" in said


def test_a_sound_run_has_no_faults(sound: Measured) -> None:
    assert faults(sound, is_short=False) == []


def test_a_busy_driver_proves_nothing(sound: Measured) -> None:
    busy = with_loads(sound, replace(load(1000, 0.2), driver=0.9))
    assert faults(busy, is_short=False) == ["Suoja at 1000/s: the driver used 90% of its core"]
    assert faults(busy, is_short=True) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"pages": {}}, "beside: the page was answered never"),
        ({"pages": {200: 5, 500: 1}}, "beside: the page was answered 5 times 200, 1 times 500"),
        ({"flood": {200: 9_000}}, "beside: the flood was answered 9000 times 200"),
        ({"flood": {200: 70, 409: 1, 429: 9}}, "beside: the flood was answered 70 times 200, 1 times 409, 9 times 429"),
    ],
)
def test_what_stands_beside_must_be_what_it_is_called(
    sound: Measured, changes: dict[str, dict[int, int]], fault: str
) -> None:
    assert faults(replace(sound, suoja=replace(sound.suoja, **changes)), is_short=True) == [fault]


def test_a_rate_that_was_not_carried_meets_no_target(sound: Measured) -> None:
    late = with_loads(sound, replace(load(1000, 0.2), carried=900.0))
    assert [one.name for one in targets(late) if not one.is_met] == [
        "p99 at 1000 messages/s",
        "CPU per durable message, to the relay's",
        "Channels' CPU per message, to ours",
        "messages/s with p99 ≤ 100 ms",
    ]
    assert "| Suoja | 1000 | 900 | " in in_words(late, proves=True)


def test_the_processor_time_of_what_stands_beside_is_not_the_talks(sound: Measured) -> None:
    assert "| Suoja beside a page | 1000 | 1000 | 1.0 | 5.0 | 9 | - | 30% |" in in_words(sound, proves=True)
