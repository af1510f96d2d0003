"""What is measured, one coroutine each: it starts its server, has a crowd at it, and returns figures."""

import asyncio
import math
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bench import wire
from bench.baselines import Channelled, Relayed, Socketed, gathered
from bench.connections import Commands, request
from bench.figures import Load
from bench.load import Window, measured
from bench.people import Crowd, Run
from bench.plan import Bench
from bench.programs import Program, baseline, suoja
from bench.talks import Talker, begin_talks

# --- rates ----------------------------------------------------------------------------------------------------------


class Scene(Struct, frozen=True):
    """A server, the crowd at it, and the bench that looks on."""

    bench: Bench
    name: str
    program: Program
    crowd: Crowd

    def window(self) -> Window:
        """Return a fresh window on the server."""
        return self.bench.window(self.program.process)


async def rates(scene: Scene, wanted: Sequence[int]) -> list[Load]:
    """Return what each rate costs, up to the first that can't be carried."""
    loads: list[Load] = []
    for rate in wanted:
        load = await measured(scene.crowd, rate, scene.window())
        loads.append(load)
        scene.bench.progress(f"{scene.name}: {told(load)}")
        if not load.holds:
            break
    return loads


def told(load: Load) -> str:
    """Return a load in one line."""
    wrong = f"  WRONG: {'; '.join(load.wrong)}" if load.wrong else ""
    return (
        f"{load.rate}/s  p50 {load.p50:.1f} ms  p99 {load.p99:.1f} ms  slowest {load.slowest:.0f} ms"
        f"  {load.cost} ms of CPU each  driver {load.driver:.0%}{wrong}"
    )


async def of_baseline(
    bench: Bench, name: str, kind: type[Relayed | Socketed | Channelled], wanted: Sequence[int]
) -> list[Load]:
    """Return the figures of one baseline."""
    bench.progress(f"{name}: starting")
    with baseline(name, bench.folder(name), bench.cores.server) as program:
        crowd = await gathered(kind, program.address, bench.plan.talks, Run())
        loads = await rates(Scene(bench, name, program, crowd), wanted)
        for person in crowd:
            person.close()
        return loads


class OfSuoja(Struct, frozen=True):
    """The program alone, and with something beside it."""

    loads: list[Load]
    with_page: Load
    pages: dict[int, int]
    with_flood: Load
    flood: dict[int, int]
    heartbeats: int


async def of_suoja(bench: Bench) -> OfSuoja:
    """Return the program's figures."""
    bench.progress(f"suoja: starting, {bench.plan.talks} talks begin")
    with suoja(bench.folder("suoja"), bench.cores.server) as program:
        crowd = await begin_talks(program.address, bench.plan.talks, Run())
        scene = Scene(bench, "suoja", program, crowd)
        loads = await rates(scene, bench.plan.rates)
        with_page, pages = await _beside(scene, crowd, _pages)
        bench.progress(f"beside a page ({pages}): {told(with_page)}")
        with_flood, flood = await _beside(scene, crowd, _flood)
        bench.progress(f"beside a flood ({flood}): {told(with_flood)}")
        heartbeats = sum(person.heartbeats for person in crowd)
        for person in crowd:
            person.close()
        return OfSuoja(loads, with_page, pages, with_flood, flood, heartbeats)


# --- what goes on beside the talks ----------------------------------------------------------------------------------

Beside = Callable[[Sequence[Talker], tuple[str, int], dict[int, int]], Coroutine[Any, Any, None]]


async def _beside(scene: Scene, crowd: list[Talker], what: Beside) -> tuple[Load, dict[int, int]]:
    """Return the load of the talks beside something, and how often that was answered with which status.

    What the server's processor did for that and what it did for the talks can't be told apart.
    """
    counts: dict[int, int] = {}
    doing = asyncio.ensure_future(what(crowd, scene.program.address, counts))
    try:
        others = [person for person in crowd if person.conversation != _flooder(crowd).conversation]
        load = await measured(others, scene.bench.plan.beside_rate, scene.window())
    finally:
        doing.cancel()
        await asyncio.gather(doing, return_exceptions=True)
    return replace(load, cpu=math.nan), counts


async def _pages(_crowd: Sequence[Talker], address: tuple[str, int], counts: dict[int, int]) -> None:
    """Ask for the page again as soon as it has come."""
    commands = Commands(address)
    asking = b"GET /bench/rota/ HTTP/1.1\r\nhost: localhost\r\n\r\n"
    while True:
        status, _ = await commands.ask(asking)
        counts[status] = counts.get(status, 0) + 1


async def _flood(crowd: Sequence[Talker], address: tuple[str, int], counts: dict[int, int]) -> None:
    """Say as much as four connections carry, in one visitor's name."""
    flooder = _flooder(crowd)
    flooder.floods = True
    body = wire.before_messages(flooder.conversation) + b'{"id":"%022d","sealed":"abc"}]}'

    async def say(start: int) -> None:
        commands, message = Commands(address), start
        while True:
            message += 4
            status, _ = await commands.ask(request("/live/say", flooder.token, body % message))
            counts[status] = counts.get(status, 0) + 1

    await asyncio.gather(*(say(9 * 10**20 + start) for start in range(4)))


def _flooder(crowd: Sequence[Talker]) -> Talker:
    """Return the visitor who floods; the talk is left out of what is measured."""
    return next(person for person in crowd if person.is_visitor)
