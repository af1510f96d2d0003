"""The live core: joins the writer, what lives in memory, the hub and the bus, and keeps time for them.

What is committed is noted and published here, after the commit and in its order. Everything runs on one event loop but
the writer and the readers of the journal, which have threads of their own. The module is long because every part of the
core is put together in it; each of its sections is a few calls.
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
from suoja.lib.codes import ConversationCode, DutyCode, LineCode
from suoja.lib.errors import ConversationGone, OutOfState, SuojaError, Unauthorised, Unavailable
from suoja.lib.grants import AnyGrant, GrantSigner, HelperGrant, Standing
from suoja.live.attendance import Attendance
from suoja.live.bus import LocalBus
from suoja.live.decisions import lines_heard
from suoja.live.hub import Hub, Notice, both_topics, duty_topic
from suoja.live.journal import Journal, Outcome
from suoja.live.late_exits import LateExits
from suoja.live.lifecycle import State
from suoja.live.limits import REVOKED_KEPT, Limits
from suoja.live.living import DutyMoved, Living, Moved
from suoja.live.notices import QueueNotices
from suoja.live.operations import CatchUp, EndAbsent, EndDuty, Operation, Sweep
from suoja.live.outlet import Outlet, give_up_stuck
from suoja.live.polls import Polls
from suoja.live.presence import People
from suoja.live.pulse import Pulse
from suoja.live.records import Change, Conversation, Duty, News
from suoja.live.session import Credits
from suoja.live.storage import cutoffs
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
        monotonic: Callable[[], float] = clock.monotonic,
    ) -> None:
        """Put the parts together; nothing runs yet."""
        self.journal, self.signer, self.now, self.monotonic = journal, signer, now, monotonic
        self.limits = limits = limits or Limits()
        self.living, self.hub = Living(), Hub(limits)
        self.bus = LocalBus(self.hub.deliver)
        visitors, helpers = People[ConversationCode](limits), People[DutyCode](limits)
        self.attendance = Attendance(
            self.living, self.hub, self.bus, people=(visitors, helpers), clocks=(now, monotonic)
        )
        self.hub.left = self.attendance.left
        self.pulse = Pulse(limits, self.hub, self.living)
        self.notices = QueueNotices(self.living, self.hub, self.bus, self.pulse, visitors=visitors)
        self.attendance.touch = self.notices.touch
        self.polls = Polls(self.hub, limits, monotonic)
        self.writing: dict[Outlet, float] = {}
        self.credits = Credits(limits.credits_burst, limits.credits_per_second)
        self.entries = Credits(limits.entries_burst, limits.entries_per_second)
        self.late_exits = LateExits(self.commit, limits)
        self._revoked: dict[DutyCode, bool] = {}  # … and whether its end is on the disk
        self._jobs: list[asyncio.Task[None]] = []
        self._listens_since = self._ticked_at = 0.0

    async def start(self) -> None:
        """Load what lives, start the writer, the readers and what keeps time. No request is served before its end."""
        self._loop = asyncio.get_running_loop()
        self._listens_since = self._ticked_at = self.monotonic()
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="suoja-reader")
        self.living.load(*await self.reading(_everything_in, self.journal))
        self.attendance.begin()
        self._writer = GroupCommit(self.journal, self.now, self._publish, self.limits)
        self._writer.start()
        jobs = (
            (self.notices.run, self.limits.queue_notice_every),
            (self._sweep, self.limits.sweep_every),
            (self._end_absent, min(1.0, self.limits.absence_limit / 4)),
            (self.tick, self.pulse.grain),
        )
        self._jobs = [asyncio.create_task(_for_ever(job, every)) for job, every in jobs]

    async def stop(self) -> None:
        """Tell every stream to come back later, commit what was taken, and stop. Doing it twice is harmless.

        A disk that doesn't answer is not waited for: nobody was told of what is not on it.
        """
        self.hub.end_all()
        if not self._jobs:
            return
        for job in self._jobs:
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)
        self._jobs = []
        try:
            async with asyncio.timeout(self.limits.stop_within):
                await self.late_exits.stop()
                await self._writer.stop()
                await asyncio.to_thread(self._stop_readers)
        except TimeoutError:
            log.error("stopped_without_the_disk")  # noqa: TRY400  # Where it waited is no news.

    def say_goodbye(self) -> None:
        """End the streams now: a server that waits for them to end would never stop. From any thread or a signal."""
        with contextlib.suppress(RuntimeError, AttributeError):  # Not started, or the loop is closed already.
            self._loop.call_soon_threadsafe(self.hub.end_all)

    # --- committing and reading -----------------------------------------------------------------------------------

    async def commit(self, operation: Operation[Answer]) -> Answer:
        """Return what a committed operation answers. Raises the SuojaError that refused it."""
        try:
            return await self._writer.commit(operation)
        except ConversationGone:
            await self._catch_up(getattr(operation, "conversation", None))
            raise

    async def _catch_up(self, code: ConversationCode | None) -> None:
        """Tell of an end that another process has brought about, such as `suoja tick`: here the talk seemed to live."""
        known = None if code is None else self.living.conversation(code)
        if known is not None and known.state is not State.ENDED:
            with contextlib.suppress(Unavailable):  # A sweep will do it.
                await self._writer.commit(CatchUp(known))

    async def reading(self, read: Callable[..., Answer], *arguments: object) -> Answer:
        """Return what a reading of the journal gives, on a reader's thread. Raises Unavailable when it can't."""
        try:
            return await self._loop.run_in_executor(self._readers, read, *arguments)
        except SuojaError:
            raise
        except Exception as error:
            log.exception("reading_failed")
            raise Unavailable from error

    async def duty(self, code: DutyCode) -> Duty | None:
        """Return a duty; the journal is asked for one that isn't in memory, such as one that ended before the start."""
        return self.living.duty(code) or await self.reading(self.journal.duty, code)

    async def lines_heard(self, standing: Standing) -> Sequence[LineCode]:
        """Return on which lines a helper hears who waits. For a peer the lines are asked each time.  # M22"""
        if not standing.is_peer:
            return standing.lines
        return await self.reading(lines_heard, self.journal.line_rule, self.now(), standing)

    async def show(self, grant: HelperGrant) -> None:
        """Let a helper's streams go on as the grant just shown lets them."""
        self.hub.renew(duty_topic(grant.duty), grant.expires, await self.lines_heard(grant.standing))

    def _publish(self, outcomes: Sequence[Outcome]) -> None:
        for outcome in outcomes:
            if outcome.change is not None:
                self._tell(outcome.change)

    def _tell(self, change: Change) -> None:
        moved = list(self.living.apply(change))
        for news in change.news:
            self.bus.publish(_notice(news))
        for one in moved:
            self._follow(one)
        for line in change.queues:
            self.notices.touch(line)

    def _follow(self, moved: Moved | DutyMoved) -> None:
        self.attendance.follow(moved)
        if isinstance(moved, Moved):
            for stream in self.pulse.follow(moved, self.monotonic()):
                self.attendance.beaten(stream)

    # --- grants ---------------------------------------------------------------------------------------------------

    def read_grant(self, token: str) -> AnyGrant:
        """Return what a token grants. Raises Unauthorised when it is forged, expired or revoked."""
        grant = self.signer.read(token, self.now())
        if isinstance(grant, HelperGrant):
            self.check_not_revoked(grant.duty)
        return grant

    def check_not_revoked(self, duty: DutyCode) -> None:
        """Raise Unauthorised for a duty that is over here, whether or not the disk knows it."""
        if duty in self._revoked:
            raise Unauthorised

    @property
    def unended(self) -> frozenset[DutyCode]:
        """The revoked duties that are still running on the disk."""
        return frozenset(duty for duty, is_ended in self._revoked.items() if not is_ended)

    async def revoke(self, duty: DutyCode) -> None:
        """End a duty for good: its streams close, and its grants are refused from now on.

        What can't be committed now is tried again with each sweep: who has signed out doesn't do it twice.  # safety 23
        """
        self._note_revoked(duty, is_ended=False)
        self.hub.end(duty_topic(duty), "revoked", may_return=False)
        await self._end_revoked(duty)

    async def end_duty(self, duty: DutyCode, epoch: int) -> None:
        """End a duty for good from its newest page. What keeps it from being committed is raised, and nothing ends."""
        await self.commit(EndDuty(duty, epoch))
        self._note_revoked(duty, is_ended=True)

    def _note_revoked(self, duty: DutyCode, *, is_ended: bool) -> None:
        self._revoked[duty] = is_ended
        if len(self._revoked) > REVOKED_KEPT:
            self._revoked.pop(next(iter(self._revoked)))

    async def _end_revoked(self, duty: DutyCode) -> None:
        await self.commit(EndDuty(duty))
        if duty in self._revoked:
            self._revoked[duty] = True

    def revoke_soon(self, duty: DutyCode) -> None:
        """Do `revoke` from another thread, without waiting for it; what keeps it from being committed is logged."""
        asyncio.run_coroutine_threadsafe(self.revoke(duty), self._loop).add_done_callback(_log_failure)

    # --- time -----------------------------------------------------------------------------------------------------

    async def tick(self) -> None:
        """Do what time alone brings to streams: heartbeats, who has come to be away, what is read by nobody."""
        now, wall = self.monotonic(), self.now().timestamp()
        if now - self._ticked_at > self.limits.gone_after:
            self._listens_since = now  # The process stood still, and heard nobody.
        self._ticked_at = now
        for stream in self.pulse.beat(now, wall):
            self.attendance.beaten(stream)
        self.attendance.elapsed()
        self.hub.expire(wall)
        self.polls.expire(now)
        if give_up_stuck(self.writing, self.limits.send_within, clock.monotonic()):
            log.info("stream_stuck")

    async def _sweep(self) -> None:
        await self.commit(Sweep(self._lost_duties()))
        before = cutoffs(self.now(), self.limits)
        for conversation in self.living.overdue(before):
            await self.commit(CatchUp(conversation))
        self.living.forget_duties(before.duty_ended_at)
        for duty in self.unended:
            await self._end_revoked(duty)

    def _lost_duties(self) -> frozenset[DutyCode]:
        """Return whose consoles are lost. Whoever was not listened to can't be said not to have answered.

        Reckoned from what was heard, never from the hour: the clock may be set, and a lease may miss the disk.
        """
        now, lost_after = self.monotonic(), self.limits.helper_lost_after
        if now - self._listens_since < lost_after:
            return frozenset()
        return self.attendance.helpers.lost_for(lost_after, now)  # safety 30

    async def _end_absent(self) -> None:
        """End what nobody is waited for any more."""
        for code in list(self.attendance.visitors.absent(self.monotonic(), self.limits.sweep_every)):
            try:
                await self.commit(EndAbsent(code))
            except (OutOfState, ConversationGone):
                continue  # It is ending already, or another process has swept it away.

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


def _everything_in(journal: Journal) -> tuple[list[Conversation], list[Duty]]:
    """Return what lives; of the duties that run, also what they hold that has ended and that they may still close."""
    duties = journal.running_duties()
    ended = (held for duty in duties for held in journal.held_by(duty.code) if held.state is State.ENDED)
    return [*journal.living(), *ended], duties


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
    """Say that a duty's end is not on the disk yet; here its grants are refused already."""
    if not revoking.cancelled() and (error := revoking.exception()) is not None:
        log.error("revoking_failed", exc_info=error)


def _notice(news: News) -> Notice:
    return Notice(both_topics(news.conversation, news.duty), news.body, is_last=news.state is State.ENDED)
