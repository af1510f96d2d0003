"""What the bench makes of measurements. It never says how fast anything is: that is the bench's own to say."""

import math

import pytest

from bench.figures import Band, Load, Target, at, cheapest, most_within, percentile


def load(rate: int, **changes: object) -> Load:
    values: dict[str, object] = {
        "rate": rate,
        "counted": 10 * rate,
        "carried": float(rate),
        "p50": 1.0,
        "p99": 5.0,
        "slowest": 9.0,
        "cpu": 0.2,
        "driver": 0.3,
    }
    return Load(**(values | changes))  # type: ignore[arg-type]  # Each test changes one field of a sound load.


@pytest.mark.parametrize(("percent", "value"), [(50, 50), (99, 99), (100, 100), (1, 1)])
def test_a_percentile_is_the_nearest_rank(percent: int, value: int) -> None:
    assert percentile([float(number) for number in range(100, 0, -1)], percent) == value


def test_the_percentile_of_nothing_is_nothing() -> None:
    assert percentile([], 99) == 0


def test_one_slow_message_in_a_hundred_is_beyond_p99() -> None:
    assert percentile([*([1.0] * 99), 80.0], 99) == 1
    assert percentile([*([1.0] * 98), 80.0, 80.0], 99) == 80


def test_the_most_is_what_was_carried_in_time() -> None:
    loads = [load(1000), load(5000, p99=90.0), load(7500, p99=140.0)]
    assert most_within(loads, 100) == 5000


@pytest.mark.parametrize("changes", [{"refused": 1}, {"wrong": ("1 acknowledged and lost",)}, {"carried": 4500.0}])
def test_a_rate_that_was_not_carried_whole_counts_for_nothing(changes: dict[str, object]) -> None:
    assert most_within([load(1000), load(5000, **changes)], 100) == 1000


def test_the_cheapest_of_those_that_hold() -> None:
    assert cheapest([load(50, cpu=4.0), load(150, cpu=3.0), load(250, cpu=1.0, refused=9)]) == 3


def test_what_was_not_measured_is_not_a_number() -> None:
    assert math.isnan(cheapest([]))
    assert at([load(50)], 1000) is None


@pytest.mark.parametrize("value", [0.1, 30.0, math.nan])
def test_a_baseline_outside_of_its_band_says_so(value: float) -> None:
    fault = Band("the relay's p99 (ms)", value, 0.5, 20).fault
    assert fault is not None
    assert fault.startswith("the relay's p99 (ms) is ")


def test_a_baseline_within_its_band_is_sound() -> None:
    assert Band("the relay's p99 (ms)", 1.0, 0.5, 20).fault is None


def test_a_target_is_a_ceiling_or_a_floor() -> None:
    assert Target("p99", 20.0, 20).is_met
    assert not Target("p99", 20.1, 20).is_met
    assert Target("messages/s", 5000, 5000, is_floor=True).is_met
    assert not Target("messages/s", 2500, 5000, is_floor=True).is_met


def test_a_target_that_was_not_measured_is_not_met() -> None:
    assert not Target("p99", math.nan, 20).is_met
    assert not Target("messages/s", math.nan, 5000, is_floor=True).is_met
