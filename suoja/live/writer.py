"""The group commit: one thread takes everything that is pending into one transaction.

A commit costs one wait for the disk however many operations it holds, so under load many share it. The order of
promises is the point of this module: nobody is answered, and nothing is published, before the commit has returned.
"""

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

from suoja.lib import clock
from suoja.lib.errors import Unavailable
from suoja.live.journal import Journal, Outcome
from suoja.live.limits import BATCH, Limits
from suoja.live.operations import Operation

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")

_COMPANY = 4
"""A batch of so many shows load: the next one waits a moment for company, and saves waits for the disk."""

Pending = tuple[Operation[Any], asyncio.Future[Any]]


class GroupCommit:
    """Commits operations of one event loop through a journal, on a thread of its own.

    `publish` is called on the loop with each batch's outcomes, in commit order, before anybody is answered.
    """

    def __init__(
        self,
        journal: Journal,
        now: Callable[[], datetime],
        publish: Callable[[Sequence[Outcome]], None],
        limits: Limits,
    ) -> None:
        """Take what the thread will need; `start` starts it."""
        self._journal, self._now, self._publish, self._limits = journal, now, publish, limits
        self._pending: deque[Pending] = deque()
        self._wakeup = threading.Condition()
        self._is_open = False
        self._thread = threading.Thread(target=self._work, name="suoja-writer", daemon=True)

    def start(self) -> None:
        """Start the thread. Called on the loop that will be answered."""
        self._loop = asyncio.get_running_loop()
        self._is_open = True
        self._thread.start()

    async def stop(self) -> None:
        """Take no more, commit what was taken, and return when it is on the disk and answered."""
        with self._wakeup:
            self._is_open = False
            self._wakeup.notify()
        await asyncio.to_thread(self._thread.join)

    async def commit(self, operation: Operation[Answer]) -> Answer:
        """Return what the committed operation answers.

        Raises the SuojaError that refused it; Unavailable when it was not committed. Cancelling the caller does not
        take an operation back: it is committed or not, as if the answer had been lost.
        """
        future: asyncio.Future[Any] = self._loop.create_future()
        with self._wakeup:
            if not self._is_open or len(self._pending) >= self._limits.max_pending:
                raise Unavailable
            self._pending.append((operation, future))
            self._wakeup.notify()
        return cast("Answer", await future)

    # --- on the writer's thread -----------------------------------------------------------------------------------

    def _work(self) -> None:
        company = 0
        while batch := self._take(self._limits.linger if company >= _COMPANY else 0.0):
            self._commit(batch)
            company = len(batch)
        self._journal.close()

    def _take(self, linger: float) -> list[Pending]:
        """Wait for operations and return them; nothing when the writer was stopped and all is done."""
        with self._wakeup:
            self._wakeup.wait_for(lambda: self._pending or not self._is_open)
        if linger:
            time.sleep(linger)
        with self._wakeup:
            return [self._pending.popleft() for _ in range(min(len(self._pending), BATCH))]

    def _commit(self, batch: list[Pending]) -> None:
        if self._is_committed(batch):
            self._settle()
        elif len(batch) > 1:
            self._commit_one_by_one(batch)
        else:
            self._loop.call_soon_threadsafe(_refuse, batch)

    def _is_committed(self, batch: list[Pending]) -> bool:
        """Commit a batch, and have it told. False: whatever it was, nothing was committed, and nobody was told."""
        try:
            outcomes = self._journal.apply([operation for operation, _ in batch], self._now())
        except Exception:
            log.exception("commit_failed")
            return False
        self._loop.call_soon_threadsafe(self._deliver, batch, outcomes)
        return True

    def _commit_one_by_one(self, batch: list[Pending]) -> None:
        """Commit again what failed together: an operation that can't be written must not take the others with it.

        Where the store itself is what fails, each would wait for it in turn: after a while the rest is refused unasked.
        """
        deadline = clock.monotonic() + self._limits.one_by_one_within
        for pending in batch:
            if clock.monotonic() < deadline:
                self._commit([pending])
            else:
                self._loop.call_soon_threadsafe(_refuse, [pending])

    def _settle(self) -> None:
        """Clean up behind a deletion. It is tried again after the next commit, and a sweep comes every few seconds."""
        try:
            self._journal.settle()
        except Exception:  # The talks go on while the disk is looked after.
            log.exception("settling_failed")

    # --- on the loop ----------------------------------------------------------------------------------------------

    def _deliver(self, batch: list[Pending], outcomes: Sequence[Outcome]) -> None:
        self._publish(outcomes)
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            if future.done():
                continue  # Its caller has gone; what was committed stays committed.
            if outcome.change is None:
                future.set_exception(outcome.error or Unavailable())
            else:
                future.set_result(outcome.change.result)


def _refuse(batch: list[Pending]) -> None:
    for _, future in batch:
        if not future.done():
            future.set_exception(Unavailable())
