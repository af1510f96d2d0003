"""How much is measured, and where: the whole of it, or just so much that a fault shows."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from bench.load import Window
from bench.machine import Cores

_WARMS_UP_IN = 2.0
_FILES_BESIDE = 500

Progress = Callable[[str], None]


class Plan(Struct, frozen=True, kw_only=True):
    """Sizes, rates and times."""

    talks: int = 1_000
    window: float = 10.0
    rates: tuple[int, ...] = (250, 1_000, 2_500, 5_000, 7_500)
    relay_rates: tuple[int, ...] = (1_000, 5_000)
    channels_rates: tuple[int, ...] = (50, 150)
    beside_rate: int = 1_000
    waiting: int = 10_000

    @property
    def files(self) -> int:
        """Return how many files are open at most: two connections for each side of each talk, or the herd's."""
        return max(4 * self.talks, self.waiting) + _FILES_BESIDE


SHORT = Plan(talks=60, window=1.5, rates=(100,), relay_rates=(100,), channels_rates=(20,), beside_rate=100, waiting=300)


class Bench(Struct, frozen=True):
    """Where things are, how much is done, and who is told how far it is."""

    plan: Plan
    cores: Cores
    var: Path
    progress: Progress

    def folder(self, name: str) -> Path:
        """Return an empty folder for one server."""
        folder = self.var / name
        folder.mkdir(mode=0o700)
        return folder

    def window(self, process: int) -> Window:
        """Return a fresh window on a server."""
        return Window(process, min(_WARMS_UP_IN, self.plan.window), self.plan.window)
