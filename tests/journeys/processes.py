"""The processes of a browser, to put one to sleep as a phone does with a page in the background."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser


class BrowserProcesses:
    """The processes of one browser: those that its start brought, and all that come of them."""

    def __init__(self, launch: Callable[[], Browser]) -> None:
        """Start the browser."""
        before = _descendants({os.getpid()})
        self.browser = launch()
        self._first = _descendants({os.getpid()}) - before

    def of_pages(self) -> list[int]:
        """Return the processes that run pages: Chromium's renderers, Firefox's tabs."""
        ours = self._first | _descendants(self._first)
        return [process for process in ours if _runs_pages(_command_line(process))]

    @contextmanager
    def asleep(self) -> Iterator[None]:
        """Let no script run and no timer fire in any page; the browser itself keeps its connections open."""
        sleeping = self.of_pages()
        assert sleeping, "no page to put to sleep"
        try:
            for process in sleeping:
                os.kill(process, signal.SIGSTOP)
            yield
        finally:
            for process in sleeping:
                os.kill(process, signal.SIGCONT)


def _runs_pages(command: str) -> bool:
    return "--type=renderer" in command or ("-contentproc" in command and command.endswith(" tab"))


def _descendants(roots: set[int]) -> set[int]:
    parents = _parents()
    found, generation = set[int](), roots
    while generation:
        generation = {process for process, parent in parents.items() if parent in generation}
        found |= generation
    return found


def _parents() -> dict[int, int]:
    """Return the parent of each process that runs."""
    ids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
    # The name stands in brackets and may hold anything; behind it come the state and the parent.
    stats = {process: _read(process, "stat").rpartition(")")[2].split() for process in ids}
    return {process: int(stat[1]) for process, stat in stats.items() if len(stat) > 1}


def _command_line(process: int) -> str:
    return _read(process, "cmdline").replace("\0", " ").strip()


def _read(process: int, file: str) -> str:
    try:
        return Path(f"/proc/{process}/{file}").read_text(errors="replace")
    except OSError:  # It has ended meanwhile.
        return ""
