"""Measure everything, print the table, and write docs/performance.json. `BENCH_SHORT=1`: only see that it works."""

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import uvloop

from bench import machine
from bench.baselines import Channelled, Relayed, Socketed
from bench.comeback import of_herd
from bench.plan import SHORT, Bench, Plan
from bench.programs import ROOT
from bench.report import Measured, faults, in_words, written
from bench.scenarios import of_baseline, of_suoja

REPORT = ROOT / "docs" / "performance.json"


def main() -> int:
    """Return 0 when what was measured can be believed."""
    options = _options()
    cores = machine.two_cores()
    plan = SHORT if options.short else Plan()
    machine.raise_file_limit(plan.files)
    began = perf_counter()
    os.sched_setaffinity(0, {cores.driver})
    # On a real disk: the machine's common folder may lie in memory, where an fsync is nothing.
    (ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / "var") as var:
        bench = Bench(plan, cores, Path(var), lambda text: _say(f"[{perf_counter() - began:5.0f} s] {text}"))
        measured = _run(bench)
    return conclude(measured, REPORT, is_short=options.short)


def conclude(measured: Measured, report: Path, *, is_short: bool) -> int:
    """Tell what was found, and keep it when it proves something; return 1 when it can't be believed."""
    wrong = faults(measured, is_short=is_short)
    sys.stdout.write(in_words(measured, proves=not (is_short or wrong)))
    for fault in wrong:
        _say(f"INVALID: {fault}")
    if wrong:
        return 1
    if not is_short:
        report.write_bytes(written(measured))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    is_short = os.environ.get("BENCH_SHORT", "") == "1"
    parser.add_argument("--short", action="store_true", default=is_short, help="see that it works, never how fast")
    return parser.parse_args()


def _run(bench: Bench) -> Measured:
    facts = machine.facts(bench.var)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        relay = runner.run(of_baseline(bench, "relay", Relayed, bench.plan.relay_rates))
        websocket = runner.run(of_baseline(bench, "websocket", Socketed, bench.plan.relay_rates))
        channels = runner.run(of_baseline(bench, "channels", Channelled, bench.plan.channels_rates))
        suoja = runner.run(of_suoja(bench))
        memory, comeback = runner.run(of_herd(bench))
    return Measured(bench.plan, facts, relay, websocket, channels, suoja, memory, comeback)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except machine.Unfit as reason:
        _say(str(reason))
        sys.exit(1)
