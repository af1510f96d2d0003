"""This machine: its two cores, what it is, and what a process on it has used."""

import os
import platform
import resource
import statistics
import time
from pathlib import Path

from msgspec import Struct

_TICKS = os.sysconf("SC_CLK_TCK")
STEP_MS = 1000 / _TICKS
"""The kernel tells processor time in steps of so many ms."""

_PAGE = os.sysconf("SC_PAGE_SIZE")
_FSYNCS = 40


class Unfit(Exception):
    """The machine can't carry a measurement; the text says why."""


class Cores(Struct, frozen=True):
    """One core for the server, another for the driver: neither takes time from the other."""

    server: int
    driver: int


def two_cores() -> Cores:
    """Return a core for each side. Raises Unfit on a machine with one."""
    usable = sorted(os.sched_getaffinity(0))
    if len(usable) < 2:  # noqa: PLR2004  # One for each side.
        message = "One core only: server and driver would take each other's time, and no figure would mean anything."
        raise Unfit(message)
    return Cores(server=usable[0], driver=usable[1])


def raise_file_limit(needed: int) -> None:
    """Let this process and its children open as many files as the machine allows. Raises Unfit when those are too few.

    A smaller crowd would be told as if it were the whole one.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < needed:
        message = f"Only {hard} open files are allowed here (ulimit -Hn), and {needed} are needed."
        raise Unfit(message)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def cpu_seconds(process: int) -> float:
    """Return the processor time of a process so far, all threads and the kernel's part together."""
    # After the name, which may hold anything but is closed by the last parenthesis.
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def resident_bytes(process: int) -> int:
    """Return the memory that a process holds."""
    return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * _PAGE


def facts(folder: Path) -> dict[str, str]:
    """Return what a reader has to know of the machine to compare figures with another's."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "system": platform.release(),
        "python": platform.python_version(),
        "fsync": f"{_fsync_ms(folder):.2f} ms (median of {_FSYNCS})",
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _fsync_ms(folder: Path) -> float:
    """Return what a small write to the disk takes until it is there: the floor of every acknowledgement."""
    spent = []
    with (folder / "fsync").open("wb") as file:
        for _ in range(_FSYNCS):
            file.write(b"x" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            spent.append(time.perf_counter() - began)
    return statistics.median(spent) * 1000
