"""Faults are slow and need the built front end and a process or two: `make faults`, and a stage of their own in CI."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults import report
from tests.faults.service import Process, Restartable, demo
from tests.faults.stage import Stage


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was counted."""
    if report.has_run():
        terminalreporter.section("faults")
        for line in report.told():
            terminalreporter.line(line)


def pytest_sessionfinish(exitstatus: int) -> None:
    """Write it down, where that was asked for; a run that failed says so, whatever it has counted."""
    if exitstatus and report.has_run():
        report.add("**the run failed**")
    report.write()


@pytest.fixture(scope="session")
def restartable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """Give a service that starts anew in a moment."""
    service = Restartable(tmp_path_factory.mktemp("restartable") / "var")
    service.start()
    yield service
    service.close()


@pytest.fixture
def killable(tmp_path: Path) -> Iterator[Process]:
    """Give the program itself."""
    service = demo(tmp_path / "var")
    service.start()
    yield service
    service.close()


@pytest.fixture
def killable_stage(killable: Process) -> Iterator[Stage]:
    """Give a stage over the program itself."""
    with closing(Stage(killable)) as stage:
        yield stage


@pytest.fixture(scope="session")
def stage(restartable: Process) -> Iterator[Stage]:
    stage = Stage(restartable)
    yield stage
    stage.close()
    met = ", ".join(f"{fault.value} {count}" for fault, count in sorted(stage.met.items()))
    report.add(
        f"any interleaving, and each fault alone: {stage.talks} talks, {stage.written} messages;"
        f" requests that met a fault: {met}"
    )
