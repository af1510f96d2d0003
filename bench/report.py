"""What is told: the table, the ratios, which targets are met, and whether the run can be believed at all."""

import math
from collections.abc import Iterator, Sequence
from http import HTTPStatus

import msgspec
from msgspec import Struct

from bench.comeback import Comeback, Memory
from bench.figures import BUSIEST_DRIVER, Band, Load, Target, at, cheapest, most_within
from bench.machine import STEP_MS
from bench.plan import Plan
from bench.scenarios import OfSuoja

_P99_AT_MOST = 100.0
"""Until here a rate counts as carried: a tenth of a second is what a reader takes for at once."""


class Measured(Struct, frozen=True):
    """Everything that one run has found."""

    plan: Plan
    machine: dict[str, str]
    relay: list[Load]
    websocket: list[Load]
    channels: list[Load]
    suoja: OfSuoja
    memory: Memory
    comeback: Comeback


# --- ratios and targets ---------------------------------------------------------------------------------------------


def ratios(measured: Measured) -> dict[str, float]:
    """Return what another machine can be compared by."""
    rate = measured.plan.beside_rate
    ours, relay, socket = (_cpu(loads, rate) for loads in (measured.suoja.loads, measured.relay, measured.websocket))
    channels, alone = cheapest(measured.channels), _p99(measured.suoja.loads, rate)
    return {
        "suoja / relay, CPU per message": ours / relay,
        "suoja / WebSocket relay, CPU per message": ours / socket,
        f"Channels at its best / suoja at {rate}/s, CPU per message": channels / ours,
        "suoja / relay, CPU per message at their best": cheapest(measured.suoja.loads) / cheapest(measured.relay),
        "p99 beside a page / alone": _p99([measured.suoja.with_page], rate) / alone,
        "p99 beside a flood / alone": _p99([measured.suoja.with_flood], rate) / alone,
    }


def targets(measured: Measured) -> list[Target]:
    """Return what the service promises of itself."""
    suoja, rate = measured.suoja, measured.plan.beside_rate
    ours = _cpu(suoja.loads, rate)
    return [
        Target(f"p99 at {rate} messages/s", _p99(suoja.loads, rate), 20, "ms"),
        Target("the same beside a page that is rendered", _p99([suoja.with_page], rate), 20, "ms"),
        Target("CPU per durable message, to the relay's", ours / _cpu(measured.relay, rate), 2, "times"),
        Target("Channels' CPU per message, to ours", cheapest(measured.channels) / ours, 10, "times", is_floor=True),
        Target("messages/s with p99 ≤ 100 ms", most_within(suoja.loads, _P99_AT_MOST), 5_000, is_floor=True),
        Target(f"memory of one of {measured.memory.waiting} who wait", measured.memory.kilobytes, 20, "kB"),
        Target(f"{measured.memory.waiting} back after kill -9", measured.comeback.back_in, 8, "s"),
    ]


def _cpu(loads: Sequence[Load], rate: int) -> float:
    load = at(loads, rate)
    return load.cpu if load is not None and load.holds else math.nan


def _p99(loads: Sequence[Load], rate: int) -> float:
    """Return the p99 at a rate that was carried: of one that was not, only what came through would count."""
    load = at(loads, rate)
    return load.p99 if load is not None and load.holds else math.nan


# --- whether to believe it ------------------------------------------------------------------------------------------


def faults(measured: Measured, *, is_short: bool) -> list[str]:
    """Return why the run proves nothing; the short form is not asked how fast anything was."""
    found = [f"{name}: {wrong}" for name, load in _all_loads(measured) for wrong in load.wrong]
    found += [f"herd: {wrong}" for wrong in measured.comeback.wrong]
    found += [f"beside: {wrong}" for wrong in _beside_faults(measured.suoja)]
    if not measured.comeback.places_kept:
        found.append("herd: nobody was told a place after the restart")
    if is_short:
        return found
    busy = [f"{name} at {load.rate}/s: the driver used {load.driver:.0%} of its core" for name, load in _busy(measured)]
    return [*found, *busy, *(fault for band in bands(measured) if (fault := band.fault) is not None)]


def _beside_faults(suoja: OfSuoja) -> Iterator[str]:
    if suoja.pages.keys() != {HTTPStatus.OK}:
        yield f"the page was answered {_counts(suoja.pages)}"
    answers, too_fast = suoja.flood.keys(), HTTPStatus.TOO_MANY_REQUESTS
    if too_fast not in answers or not answers <= {HTTPStatus.OK, too_fast}:
        yield f"the flood was answered {_counts(suoja.flood)}"


def bands(measured: Measured) -> list[Band]:
    """Return where the baselines must lie on any machine that is fit for this; wide, for machines differ."""
    rate = measured.plan.beside_rate
    relay, socket = _cpu(measured.relay, rate), _cpu(measured.websocket, rate)
    return [
        Band("the relay's CPU per message (ms)", relay, 0.02, 1.0),
        Band("the relay's p99 (ms)", _p99(measured.relay, rate), 0.05, 20),
        Band("the WebSocket relay's CPU, to the relay's", socket / relay, 0.3, 1.2),
        Band("Channels' CPU, to the relay's", cheapest(measured.channels) / relay, 6, 100),
    ]


def _busy(measured: Measured) -> Iterator[tuple[str, Load]]:
    return ((name, load) for name, load in _all_loads(measured) if load.driver > BUSIEST_DRIVER)


def _all_loads(measured: Measured) -> Iterator[tuple[str, Load]]:
    suoja = measured.suoja
    yield from (("relay", load) for load in measured.relay)
    yield from (("WebSocket relay", load) for load in measured.websocket)
    yield from (("Channels", load) for load in measured.channels)
    yield from (("Suoja", load) for load in suoja.loads)
    yield "Suoja beside a page", suoja.with_page
    yield "Suoja beside a flood", suoja.with_flood


# --- the words ------------------------------------------------------------------------------------------------------


def in_words(measured: Measured, *, proves: bool) -> str:
    """Return the tables, in the form of docs/performance.md. What proves nothing is held against no target."""
    parts = [_machine(measured), _table(measured), _beside(measured)]
    parts += [_ratios(measured), _targets(measured)] if proves else [_caution(measured)]
    return "\n\n".join(parts) + "\n"


def written(measured: Measured) -> bytes:
    """Return docs/performance.json: ratios first, for they alone travel from machine to machine."""
    content = {
        "ratios": {name: round(value, 3) for name, value in ratios(measured).items()},
        "targets": [
            {"name": one.name, "value": round(one.value, 3), "bound": one.bound, "unit": one.unit, "is_met": one.is_met}
            for one in targets(measured)
        ],
        "measured": measured,
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def _machine(measured: Measured) -> str:
    return "\n".join(f"{name}: {value}" for name, value in measured.machine.items())


def _table(measured: Measured) -> str:
    head = (
        "| server | messages/s due | carried | p50 ms | p99 ms | slowest ms | CPU ms each | driver |\n"
        "|---|---|---|---|---|---|---|---|"
    )
    return "\n".join([head, *(_row(name, load) for name, load in _all_loads(measured))])


def _row(name: str, load: Load) -> str:
    times = f"{load.p50:.1f} | {load.p99:.1f} | {load.slowest:.0f}"
    return f"| {name} | {load.rate} | {load.carried:.0f} | {times} | {load.cost} | {load.driver:.0%} |"


def _beside(measured: Measured) -> str:
    suoja, memory, comeback = measured.suoja, measured.memory, measured.comeback
    return (
        f"Beside: the page was answered {_counts(suoja.pages)}; the flood was answered {_counts(suoja.flood)};"
        f" {suoja.heartbeats} heartbeats answered.\n"
        f"{memory.waiting} who wait: {memory.kilobytes:.1f} kB each, {memory.entering_ms:.2f} ms to enter;"
        f" after kill -9 the server took connections in {comeback.starts_in:.1f} s, and all were back in"
        f" {comeback.back_in:.1f} s ({comeback.tries} tries, driver {comeback.driver:.0%}),"
        f" {comeback.places_kept} were told their place as before."
    )


def _caution(measured: Measured) -> str:
    fewest = min(load.counted for _, load in _all_loads(measured))
    step = f"{STEP_MS / fewest:.2g} ms for each of {fewest} messages" if fewest else "and of no message"
    return (
        "This run says nothing of how fast anything is, and is held against no target. CPU is the server's whole"
        f" processor time over a window, counted in steps of {STEP_MS:g} ms ({step}), divided by the window's messages:"
        " over a few dozen of them it is mostly what the server does anyway, heartbeats and timers."
    )


def _counts(answers: dict[int, int]) -> str:
    return ", ".join(f"{count} times {status}" for status, count in sorted(answers.items())) or "never"


def _ratios(measured: Measured) -> str:
    rows = [f"| {name} | {value:.2f} |" for name, value in ratios(measured).items()]
    return "\n".join(["| ratio | |\n|---|---|", *rows])


def _targets(measured: Measured) -> str:
    rows = [
        f"| {one.name} | {one.value:.3g} {one.unit} | {'≥' if one.is_floor else '≤'} {one.bound:g} |"
        f" {'met' if one.is_met else '**not met**'} |"
        for one in targets(measured)
    ]
    return "\n".join(["| target | measured | bound | |\n|---|---|---|---|", *rows])
