"""Messages at a fixed rate, whether or not the server keeps up: latency counts from when each was due."""

import asyncio
import gc
import random
import time
from time import perf_counter

from bench.figures import Load, percentile
from bench.ledger import Ledger
from bench.machine import cpu_seconds
from bench.people import Crowd

_TICK = 0.001
_SETTLES_IN = 60.0
"""A rate that is four times too high leaves a backlog of more than half of this: that is slow, and not lost."""

_ORDER = random.Random(300)  # noqa: S311  # Who speaks when: the same in each run, and no secret.


class Window:
    """The steady part of a run: what the server and the driver used in it."""

    def __init__(self, process: int, warm: float, seconds: float) -> None:
        """Take whose time is counted, how long to warm up, and how long to look."""
        self._process, self._warm, self.seconds = process, warm, seconds
        self.since = self.until = self.server = self.driver = 0.0

    async def look(self) -> None:
        """Wait for the window, and note what it took."""
        await asyncio.sleep(self._warm)
        self.since, server, driver = perf_counter(), cpu_seconds(self._process), time.process_time()
        await asyncio.sleep(self.seconds)
        self.until = perf_counter()
        self.server, self.driver = cpu_seconds(self._process) - server, time.process_time() - driver


async def measured(crowd: Crowd, rate: int, window: Window) -> Load:
    """Return what one rate costs a server, and how long its messages take."""
    ledger = crowd[0].run.begin()
    gc.collect()
    # The ledger grows by millions of small things that are all needed: looking through them would only cost time.
    gc.disable()
    try:
        looking = asyncio.ensure_future(window.look())
        await _offer(crowd, rate, looking)
        await looking
        await _settled(ledger)
    finally:
        gc.enable()
    return _load(ledger, rate, window)


async def _offer(crowd: Crowd, rate: int, looking: "asyncio.Future[None]") -> None:
    order = list(crowd)
    _ORDER.shuffle(order)
    began, sent = perf_counter(), 0
    while not looking.done():
        due = int((perf_counter() - began) * rate) + 1
        for place in range(sent, due):
            order[place % len(order)].say(began + place / rate)
        sent = max(sent, due)
        await asyncio.sleep(_TICK)


async def _settled(ledger: Ledger) -> None:
    deadline = perf_counter() + _SETTLES_IN
    while not ledger.is_settled and perf_counter() < deadline:  # noqa: ASYNC110  # Looked at ten times a second, not told.
        await asyncio.sleep(0.1)


def _load(ledger: Ledger, rate: int, window: Window) -> Load:
    took = window.until - window.since
    count = ledger.acknowledged(window.since, window.until)
    latencies = ledger.latencies(window.since, window.until)
    return Load(
        rate=rate,
        counted=count,
        carried=count / took,
        p50=percentile(latencies, 50),
        p99=percentile(latencies, 99),
        slowest=max(latencies, default=0.0),
        cpu=window.server * 1000 / count if count else float("nan"),
        driver=window.driver / took,
        refused=ledger.refused,
        wrong=ledger.faults(),
    )
