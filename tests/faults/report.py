"""What a run of the faults has counted: printed at its end, and written down when SUOJA_FAULT_REPORT names a file.

`make faults` lets docs/reliability.md end with it. Nothing here judges: a test that counts a lost message has failed.
"""

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.faults.oracle import Verdict

MARK = "<!-- Below this line: what the last run has written itself. -->"

losses = Counter[str](lost=0, unexpected=0, duplicated=0)
lines: list[str] = []


def judged(verdicts: Iterable[Verdict]) -> None:
    """Count what is wrong, so that the last line tells the truth also of a run that failed."""
    for verdict in verdicts:
        losses["lost"] += len(verdict.lost)
        losses["unexpected"] += len(verdict.unexpected)
        losses["duplicated"] += len(verdict.duplicated)


def add(line: str) -> None:
    """Tell one thing that was counted."""
    lines.append(line)


def has_run() -> bool:
    """Tell whether anything was put to the test: a run that left the faults out has nothing to say of them."""
    return bool(lines)


def told() -> list[str]:
    """Return the run in a few lines; the last is `lost 0, unexpected 0, duplicated 0`, or it is worse."""
    return [*lines, ", ".join(f"{what} {count}" for what, count in losses.items())]


def write() -> None:
    """Let the page that was named end with this run."""
    name = os.environ.get("SUOJA_FAULT_REPORT")
    if name and has_run():
        page = Path(name)
        before = page.read_text(encoding="utf-8").partition(MARK)[0]
        *counted, last = told()
        listed = "".join(f"* {line}\n" for line in counted)
        page.write_text(f"{before}{MARK}\n\n{listed}\n{last}\n", encoding="utf-8")
