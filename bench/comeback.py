"""Those who wait: the memory that each takes, and the way back after a `kill -9` and a start at once."""

import asyncio
import time
from time import perf_counter

from msgspec import Struct

from bench.herd import Herd
from bench.machine import resident_bytes
from bench.people import Run
from bench.plan import Bench
from bench.programs import Program, suoja
from bench.talks import begin_talks

_BACK_WITHIN = 60.0
_QUIET = 3.0
"""Seconds after which what was only passing is out of the memory, and the first places have been told."""


class Memory(Struct, frozen=True):
    """What one more who waits costs: a stream, a row, a place in the queue."""

    waiting: int
    kilobytes: float
    entering_ms: float


class Comeback(Struct, frozen=True):
    """The way back: seconds from the kill."""

    starts_in: float
    back_in: float
    tries: int
    driver: float
    places_kept: int
    wrong: tuple[str, ...] = ()


async def of_herd(bench: Bench) -> tuple[Memory, Comeback]:
    """Return what waiting costs, and how soon all are back."""
    bench.progress(f"herd: starting, {bench.plan.waiting} visitors enter")
    with suoja(bench.folder("herd"), bench.cores.server) as program:
        # One talk beside them: somebody has to be on duty, or the queue is closed.
        pair = await begin_talks(program.address, 1, Run())
        herd = Herd(program.address)
        try:
            memory = await _memory(herd, program, bench.plan.waiting)
            bench.progress(f"herd: {memory.kilobytes:.1f} kB each, {memory.entering_ms:.2f} ms to enter; kill -9")
            comeback = await _killed(herd, program)
            bench.progress(f"herd: back after {comeback.back_in:.1f} s, {comeback.places_kept} places told and kept")
            return memory, comeback
        finally:
            for person in pair:
                person.close()
            herd.close()


async def _memory(herd: Herd, program: Program, count: int) -> Memory:
    """Count from where the first have come, so that what is made once for all is not divided among them."""
    first = count // 20
    await herd.enter(first)
    await asyncio.sleep(_QUIET)
    before, began = resident_bytes(program.process), perf_counter()
    await herd.enter(count - first)
    entering = perf_counter() - began
    await asyncio.sleep(_QUIET)
    taken = resident_bytes(program.process) - before
    return Memory(count, taken / 1000 / (count - first), entering * 1000 / (count - first))


async def _killed(herd: Herd, program: Program) -> Comeback:
    places = {one.conversation: one.place for one in herd.waiting}
    for one in herd.waiting:
        one.is_greeted, one.place = False, None
    herd.tries, killed_at, driver = 0, perf_counter(), time.process_time()
    program.kill()
    program.launch()
    first = asyncio.ensure_future(herd.first_connection())
    back_at = await herd.all_back(_BACK_WITHIN)
    took, driver = perf_counter() - killed_at, time.process_time() - driver
    await asyncio.sleep(_QUIET)
    kept = [one.place for one in herd.waiting if one.place is not None and one.place == places[one.conversation]]
    moved = [one.place for one in herd.waiting if one.place is not None and one.place != places[one.conversation]]
    wrong = [*herd.wrong[:5], *([f"{len(moved)} were told another place than before"] if moved else [])]
    return Comeback(
        starts_in=await first - killed_at,
        back_in=back_at - killed_at,
        tries=herd.tries,
        driver=driver / took,
        places_kept=len(kept),
        wrong=tuple(wrong),
    )
