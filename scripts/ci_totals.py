"""Add up what the suites wrote (JUnit files of pytest, JSON of vitest) for the last line of `.ci/run`.

Needs nothing but Python itself, so it still speaks when making the environment has failed. Arguments: the folder of the
reports, and how many stages failed that ran no tests; each of these counts as one failure. Exit status 0 only when
something passed, nothing failed and nothing was skipped: a skipped test is a promise that nobody checked.
"""

import json
import sys
from pathlib import Path
from typing import NamedTuple, Self
from xml.etree import ElementTree as ET


class Totals(NamedTuple):
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def plus(self, other: Self) -> Self:
        return type(self)(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def totals_of_junit(report: Path) -> Totals:
    """Count test cases by what stands inside them; one may hold a failure and an error at its teardown."""
    total = Totals()
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - our own suite wrote it
        outcome = {child.tag for child in case}
        if outcome & {"failure", "error"}:
            total = total.plus(Totals(failed=1))
        elif "skipped" in outcome:
            total = total.plus(Totals(skipped=1))
        else:
            total = total.plus(Totals(passed=1))
    return total


def totals_of_vitest(report: Path) -> Totals:
    """Count a file that could not be loaded as a failure too: vitest lists no test of it."""
    told = json.loads(report.read_text(encoding="utf-8"))
    broken = sum(1 for file in told["testResults"] if file["status"] == "failed" and not file["assertionResults"])
    return Totals(
        passed=told["numPassedTests"],
        failed=told["numFailedTests"] + broken,
        skipped=told["numPendingTests"] + told["numTodoTests"],
    )


def main(reports: Path, failed_stages: int) -> int:
    """Print the line and say by the exit status whether it is good."""
    total = Totals(failed=failed_stages)
    for report in sorted(reports.glob("*.xml")):
        total = total.plus(totals_of_junit(report))
    for report in sorted(reports.glob("*.json")):
        total = total.plus(totals_of_vitest(report))
    sys.stdout.write(f"{total.passed} passed, {total.failed} failed, {total.skipped} skipped\n")
    return 0 if total.passed and not total.failed and not total.skipped else 1


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), int(sys.argv[2])))
