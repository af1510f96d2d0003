"""Run one named test in a copy of the tree, and tell what it did: for tests/mutants.py.

A name is pytest's node id, or `file.test.ts::the test's whole name` for vitest; of a parametrised one the end may be
left out, and then all its cases run. What is counted comes from the runner's own report, not from its exit code.
"""

import os
import re
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import msgspec

SECONDS_PER_COMMAND = 240
REPORT = ".ci/out/mutant"


class VitestCase(msgspec.Struct, frozen=True, rename="camel"):
    full_name: str
    status: str


class VitestFile(msgspec.Struct, frozen=True, rename="camel"):
    assertion_results: list[VitestCase]


class VitestReport(msgspec.Struct, frozen=True, rename="camel"):
    test_results: list[VitestFile]


class Outcome(msgspec.Struct, frozen=True):
    """What a named test did: how many of its cases passed and failed, and a word when none ran."""

    passed: int = 0
    failed: int = 0
    remark: str = ""


def is_vitest(test: str) -> bool:
    return test.partition("::")[0].endswith(".ts")


def environment(tree: Path) -> dict[str, str]:
    """Return the environment of every command: the copy first, and no compiled file that outlives a break."""
    path = os.pathsep.join([str(tree / ".venv" / "bin"), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1", "CI": "true"}


def run(tree: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the copy; the caller looks at what came of it. `subprocess.TimeoutExpired` if it doesn't end."""
    # A group of its own, because a test that hangs leaves a service and browsers behind, which hold the pipes open.
    with subprocess.Popen(  # noqa: S603 - our own tools, from fixed words and the list in mutants.toml
        command,
        cwd=tree,
        env=environment(tree),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            said, complained = process.communicate(timeout=SECONDS_PER_COMMAND)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return subprocess.CompletedProcess(command, process.returncode, said, complained)


def run_test(tree: Path, test: str) -> Outcome:
    report = tree / REPORT
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    command = vitest_command(test) if is_vitest(test) else pytest_command(test)
    try:
        run(tree, *command)
    except subprocess.TimeoutExpired:
        return Outcome(remark="the test does not end")
    if not report.exists():
        return Outcome(remark="the test does not start")
    return vitest_outcome(report, test) if is_vitest(test) else pytest_outcome(report, test)


def vitest_command(test: str) -> list[str]:
    file, _, name = test.partition("::")
    flags = ["--reporter=json", f"--outputFile={REPORT}", "--testNamePattern", f"^{re.escape(name)}"]
    return ["node_modules/.bin/vitest", "run", file, *flags]


def pytest_command(test: str) -> list[str]:
    flags = ["-q", "-p", "no:cacheprovider", f"--junitxml={REPORT}"]
    return [sys.executable, "-m", "pytest", *flags, test]


def vitest_outcome(report: Path, test: str) -> Outcome:
    name = test.partition("::")[2]
    files = msgspec.json.decode(report.read_bytes(), type=VitestReport).test_results
    named = [case.status for file in files for case in file.assertion_results if case.full_name.startswith(name)]
    return outcome(named.count("passed"), named.count("failed"))


def pytest_outcome(report: Path, test: str) -> Outcome:
    """Count failures, and errors after the test (a watch that looks back); an error before it is no proof."""
    name = test.rpartition("::")[2]
    cases = [case for case in ET.parse(report).iter("testcase") if case.get("name", "").startswith(name)]  # noqa: S314 - pytest wrote it
    unready = [case for case in cases for error in case.iter("error") if "teardown" not in error.get("message", "")]
    if unready:
        return Outcome(remark="the test's set-up fails")
    failed = sum(any(part.tag in {"failure", "error"} for part in case) for case in cases)
    return outcome(len(cases) - failed, failed)


def outcome(passed: int, failed: int) -> Outcome:
    return Outcome(passed, failed, "" if passed or failed else "no test of this name")
