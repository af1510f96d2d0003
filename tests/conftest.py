"""What holds for the whole suite: journeys need browsers, nothing is skipped in silence, properties have time.

`SUOJA_TEST_PARTIAL=1` leaves out what this machine can't run and lists it at the end; without it, that fails.
"""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The fixed cast, for every folder.
pytest_plugins = ["tests.cast"]

BROWSERS = {"chromium": Path("/usr/bin/chromium"), "firefox": Path("/usr/bin/firefox-esr")}
JOURNEYS = Path(__file__).parent / "journeys"
FAULTS = Path(__file__).parent / "faults"
ORACLE = "test_oracle.py"
"""Of the faults' folder the one that is a matter of milliseconds."""
LEFT_OUT = pytest.StashKey[list[str]]()

# A deadline would measure the machine's neighbours; in the continuous integration the examples are always the same.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def is_partial() -> bool:
    return os.environ.get("SUOJA_TEST_PARTIAL") == "1"


def missing_browsers(item: pytest.Item) -> list[str]:
    """Return the browsers that a journey needs and this machine lacks; one that names none needs both."""
    parameters = getattr(item, "callspec", None)
    named = set(parameters.params.values()) & set(BROWSERS) if parameters else set()
    return sorted(name for name in named or BROWSERS if not BROWSERS[name].exists())


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark by folder, so that no journey or fault slips into `make check` because a mark was forgotten."""
    for item in items:
        if item.path.is_relative_to(JOURNEYS):
            item.add_marker("journey")
        elif item.path.is_relative_to(FAULTS) and item.path.name != ORACLE:
            item.add_marker("fault")
    config.stash[LEFT_OUT] = []
    if is_partial():
        _leave_out(config, items)


def _leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept: list[pytest.Item] = []
    out: list[pytest.Item] = []
    for item in items:
        needs = item.get_closest_marker("journey") and missing_browsers(item)
        (out if needs else kept).append(item)
    config.stash[LEFT_OUT] += [f"{item.nodeid} (needs {', '.join(missing_browsers(item))})" for item in out]
    config.hook.pytest_deselected(items=out)
    items[:] = kept


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Say what is missing before Playwright says it in forty lines."""
    if item.get_closest_marker("journey") and (missing := missing_browsers(item)):
        pytest.fail(f"This machine lacks {', '.join(missing)}: `make test` installs it when it may.", pytrace=False)


def skipped(terminal: pytest.TerminalReporter) -> list[str]:
    return [f"{report.nodeid} (skipped)" for report in terminal.stats.get("skipped", [])]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a session that skipped something: a skipped test is a promise that nobody checked."""
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if terminal and skipped(terminal) and not is_partial() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """List what was left out, whether it was allowed or not."""
    lines = config.stash.get(LEFT_OUT, []) + skipped(terminalreporter)
    if lines:
        terminalreporter.section("left out" if is_partial() else "left out, which is not allowed")
        for line in lines:
            terminalreporter.line(line)
