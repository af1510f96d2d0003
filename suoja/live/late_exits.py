"""Quick exits that met a server which could not commit: tried again here, since a beacon can't be sent a second time.

The page that pressed the exit is gone and hears no answer, so nobody but the server can repeat it. What is kept for it
is a conversation's code and a participant's, in memory, for a minute.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from suoja.lib import clock
from suoja.lib.errors import SuojaError, Unavailable
from suoja.live.limits import Limits
from suoja.live.operations import Exit

log = logging.getLogger(__name__)


class LateExits:
    """Commits exits until it succeeds, is refused for good, or a minute has passed."""

    def __init__(self, commit: Callable[[Exit], Awaitable[None]], limits: Limits) -> None:
        """Take the way to the journal."""
        self._commit, self._limits = commit, limits
        self._tasks: dict[Exit, asyncio.Task[None]] = {}

    def add(self, wish: Exit) -> None:
        """Try an exit again, soon and for a while. The same one twice is one."""
        if wish in self._tasks:
            return
        if len(self._tasks) >= self._limits.late_exits:
            log.error("exit_given_up")
            return
        task = self._tasks[wish] = asyncio.create_task(self._try(wish))
        task.add_done_callback(lambda _: self._tasks.pop(wish, None))

    async def stop(self) -> None:
        """Try once more and then no more: the process is about to end, and what is kept here with it."""
        waiting = dict(self._tasks)
        for task in waiting.values():
            task.cancel()
        await asyncio.gather(*waiting.values(), return_exceptions=True)
        last = await asyncio.gather(*map(self._commit, waiting), return_exceptions=True)
        for error in last:
            if isinstance(error, Unavailable):
                log.error("exit_given_up")

    async def _try(self, wish: Exit) -> None:
        deadline = clock.monotonic() + self._limits.late_exit_within
        while clock.monotonic() < deadline:
            await asyncio.sleep(self._limits.late_exit_every)
            try:
                await self._commit(wish)
            except Unavailable:
                continue
            except SuojaError:  # Gone already, which is all that was wished.
                return
            return
        log.error("exit_given_up")
