"""What is made of measurements: percentiles, shares, ratios, bands. Pure."""

import math
from collections.abc import Sequence

from msgspec import Struct

BUSIEST_DRIVER = 0.85
"""A driver that uses more of its core than this may itself be what was measured."""


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that at least `percent` of all do not exceed (nearest rank); 0 of none."""
    if not values:
        return 0.0
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


class Load(Struct, frozen=True, kw_only=True):
    """One run at one rate. Times in ms; `cpu` is the server's, for each message `counted` in the steady window."""

    rate: int
    counted: int
    carried: float
    p50: float
    p99: float
    slowest: float
    cpu: float
    driver: float
    refused: int = 0
    wrong: tuple[str, ...] = ()

    @property
    def cost(self) -> str:
        """Return `cpu` in words."""
        return "-" if math.isnan(self.cpu) else f"{self.cpu:.3f}"

    @property
    def holds(self) -> bool:
        """Tell whether the rate was carried: nothing refused, nothing wrong, and no backlog that grew."""
        return not self.refused and not self.wrong and self.carried >= 0.97 * self.rate  # Of a window's edges.


def most_within(loads: Sequence[Load], p99: float) -> int:
    """Return the highest rate that was carried within a p99; 0 if none was."""
    return max((load.rate for load in loads if load.holds and load.p99 <= p99), default=0)


def cheapest(loads: Sequence[Load]) -> float:
    """Return the lowest cost of a message over some loads."""
    return min((load.cpu for load in loads if load.holds), default=math.nan)


def at(loads: Sequence[Load], rate: int) -> Load | None:
    """Return the load at a rate."""
    return next((load for load in loads if load.rate == rate), None)


class Band(Struct, frozen=True):
    """Where a figure of a baseline must lie; outside of it something else than the program was measured."""

    name: str
    value: float
    lowest: float
    highest: float

    @property
    def fault(self) -> str | None:
        """Return what is wrong, or nothing. What was not measured is wrong too."""
        if self.lowest <= self.value <= self.highest:
            return None
        return f"{self.name} is {self.value:.3g}, expected between {self.lowest:g} and {self.highest:g}"


class Target(Struct, frozen=True):
    """What the service promises of itself, and what was measured."""

    name: str
    value: float
    bound: float
    unit: str = ""
    is_floor: bool = False

    @property
    def is_met(self) -> bool:
        """Tell whether the measured value keeps the bound; what was not measured keeps nothing."""
        return self.value >= self.bound if self.is_floor else self.value <= self.bound
