"""The live core: joins the writer, the hub, the bus and the notices, and keeps time for them.

What is committed is published here, after the commit and in its order. Everything runs on one event loop but the
writer and the readers of the journal, which have threads of their own.
"""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from suoja.lib import clock
from suoja.lib.codes import DutyCode, LineCode
from suoja.lib.errors import SuojaError, Unauthorised, Unavailable
from suoja.lib.grants import AnyGrant, GrantSigner, HelperGrant
from suoja.live.bus import LocalBus
from suoja.live.hub import Hub, Notice, conversation_topic, duty_topic
from suoja.live.journal import Journal, Outcome
from suoja.live.late_exits import LateExits
from suoja.live.limits import REVOKED_KEPT, Limits
from suoja.live.notices import QueueNotices
from suoja.live.operations import EndDuty, Operation, Sweep
from suoja.live.records import Conversation, News
from suoja.live.session import Credits
from suoja.live.writer import GroupCommit

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")

_READERS = 4


class Core:
    """The parts of one process's live core. Make it anywhere; `start` binds it to the running loop."""

    def __init__(
        self,
        journal: Journal,
        signer: GrantSigner,
        *,
        limits: Limits | None = None,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        """Put the parts together; nothing runs yet."""
        self.journal, self.signer, self.now = journal, signer, now
        self.limits = limits = limits or Limits()
        self.hub = Hub(limits)
        self.bus = LocalBus(self.hub.deliver)
        self.credits = Credits(limits.credits_burst, limits.credits_per_second)
        self.entries = Credits(limits.entries_burst, limits.entries_per_second)
        self.late_exits = LateExits(self.commit, limits)
        self._revoked: dict[DutyCode, None] = {}
        self._jobs: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Start the writer, the readers and what keeps time."""
        self._loop = asyncio.get_running_loop()
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="suoja-reader")
        self._writer = GroupCommit(self.journal, self.now, self._publish, self.limits)
        self._writer.start()
        self.notices = QueueNotices(self.hub, self.bus, self._waiting)
        jobs = (
            (self.notices.tell, self.limits.queue_notice_every),
            (self._sweep, self.limits.sweep_every),
            (self._beat, min(self.limits.heartbeat_active / 4, 1.0)),
        )
        self._jobs = [asyncio.create_task(_for_ever(job, every)) for job, every in jobs]

    async def stop(self) -> None:
        """Tell every stream to come back later, commit what was taken, and stop. Doing it twice is harmless."""
        self.hub.end_all()
        if not self._jobs:
            return
        for job in self._jobs:
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)
        self._jobs = []
        await self.late_exits.stop()
        await self._writer.stop()
        await asyncio.to_thread(self._stop_readers)

    def say_goodbye(self) -> None:
        """End the streams now: a server that waits for them to end would never stop. From any thread or a signal."""
        with contextlib.suppress(RuntimeError, AttributeError):  # Not started, or the loop is closed already.
            self._loop.call_soon_threadsafe(self.hub.end_all)

    # --- committing and reading -----------------------------------------------------------------------------------

    async def commit(self, operation: Operation[Answer]) -> Answer:
        """Return what a committed operation answers. Raises the SuojaError that refused it."""
        return await self._writer.commit(operation)

    async def reading(self, read: Callable[..., Answer], *arguments: object) -> Answer:
        """Return what a reading of the journal gives, on a reader's thread. Raises Unavailable when it can't."""
        try:
            return await self._loop.run_in_executor(self._readers, read, *arguments)
        except SuojaError:
            raise
        except Exception as error:
            log.exception("reading_failed")
            raise Unavailable from error

    def _publish(self, outcomes: Sequence[Outcome]) -> None:
        for outcome in outcomes:
            if outcome.change is not None:
                for news in outcome.change.news:
                    self.bus.publish(_notice(news))
                for line in outcome.change.queues:
                    self.notices.touch(line)

    async def _waiting(self, line: LineCode) -> list[Conversation]:
        return await self.reading(self.journal.waiting, line)

    # --- grants ---------------------------------------------------------------------------------------------------

    def read_grant(self, token: str) -> AnyGrant:
        """Return what a token grants. Raises Unauthorised when it is forged, expired or revoked."""
        grant = self.signer.read(token, self.now())
        if isinstance(grant, HelperGrant) and grant.duty in self._revoked:
            raise Unauthorised
        return grant

    async def revoke(self, duty: DutyCode) -> None:
        """End a duty for good: its streams close, and its grants are refused from now on."""
        self._revoked[duty] = None
        if len(self._revoked) > REVOKED_KEPT:
            self._revoked.pop(next(iter(self._revoked)))
        self.hub.end(duty_topic(duty), "revoked", may_return=False)
        await self.commit(EndDuty(duty))

    def revoke_soon(self, duty: DutyCode) -> None:
        """Do `revoke` from another thread, without waiting for it; what keeps it from being committed is logged."""
        asyncio.run_coroutine_threadsafe(self.revoke(duty), self._loop).add_done_callback(_log_failure)

    # --- time -----------------------------------------------------------------------------------------------------

    async def _sweep(self) -> None:
        await self.commit(Sweep())

    async def _beat(self) -> None:
        self.hub.beat(clock.monotonic(), self.now().timestamp())

    def _stop_readers(self) -> None:
        """Close each reader's connection on its own thread: they meet, so that each gets one of the tasks."""
        meeting = threading.Barrier(_READERS, timeout=5)

        def leave() -> None:
            with contextlib.suppress(threading.BrokenBarrierError):
                meeting.wait()
            self.journal.close()

        for _ in range(_READERS):
            self._readers.submit(leave)
        self._readers.shutdown()


async def _for_ever(job: Callable[[], Awaitable[None]], every: float) -> None:
    """Do a job again and again. One failure must not silence the heartbeats, or keep what is due from going."""
    while True:
        try:
            await job()
        except SuojaError:
            log.warning("job_refused")
        except Exception:
            log.exception("job_failed")
        await asyncio.sleep(every)


def _log_failure(revoking: Future[None]) -> None:
    """Say that a duty's end is not on the disk; here its grants are refused already, and its lease runs out."""
    if not revoking.cancelled() and (error := revoking.exception()) is not None:
        log.error("revoking_failed", exc_info=error)


def _notice(news: News) -> Notice:
    topics = [conversation_topic(news.conversation)]
    if news.duty is not None:
        topics.append(duty_topic(news.duty))
    return Notice(tuple(topics), news.body, news.conversation, news.number, news.state)
