"""The core without its threads: what is committed is told at once, and time stands until a test moves it."""

import json
from datetime import timedelta
from typing import Any

from suoja.lib.codes import ConversationCode, DutyCode, HelperCode, ParticipantCode
from suoja.lib.grants import GrantSigner, HelperGrant, VisitorGrant
from suoja.live import operations
from suoja.live.core import Core
from suoja.live.hub import Stream
from suoja.live.limits import Limits
from suoja.live.memory import memory_journal
from suoja.live.operations import ByHelper
from suoja.live.streams import open_stream
from suoja.live.wire import PageState
from tests.live.asgi import SECRET, StillClock, line_rule
from tests.live.cast import HELPER, PROFESSIONAL, TALK, VISITOR, Answer, answer_of, standing_of

EXPIRES = 4_000_000_000


class Stage:
    """A core whose operations are committed by the test, on a clock of the test's own."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.clock, self.time = StillClock(), 1_000.0
        self.limits = limits or Limits()
        self.journal = memory_journal(line_rule, self.limits)
        self.core = Core(
            self.journal, GrantSigner(SECRET), limits=self.limits, now=self.clock, monotonic=lambda: self.time
        )

    def commit(self, *steps: operations.Operation[Any]) -> list[Answer]:
        """Commit operations, each of which must succeed, and tell of them; return what they answer."""
        answers = []
        for step in steps:
            [outcome] = self.journal.apply([step], self.clock())
            self.core._publish([outcome])
            answers.append(answer_of(outcome))
        return answers

    async def passes(self, seconds: float, *answering: Stream) -> list[dict[str, Any]]:
        """Let time pass tick by tick; some pages answer each heartbeat at once. Return what those were told."""
        ends, heard = self.time + seconds, list[dict[str, Any]]()
        while self.time < ends:
            step = min(self.core.pulse.grain, ends - self.time)
            self.time += step
            self.clock.instant += timedelta(seconds=step)
            await self.core.tick()
            for stream in answering:
                told = events_in(stream)
                heard += told
                if any(event["event"] == "heartbeat" for event in told):
                    self.answer(stream)
        return heard

    def answer(self, stream: Stream, said: PageState = "here") -> None:
        """Have the page of a stream say how it is."""
        if stream.is_visitor:
            self.core.attendance.visitor_answered(ConversationCode(stream.code), said)
        else:
            self.core.attendance.helper_answered(DutyCode(stream.code), said)

    async def visitor(self, code: str = TALK, participant: str = VISITOR.participant, epoch: int = 1) -> Stream:
        """Open a visitor's stream."""
        grant = VisitorGrant(ConversationCode(code), ParticipantCode(participant), EXPIRES)
        return await open_stream(self.core, grant, epoch)

    async def helper(self, by: ByHelper = PROFESSIONAL, epoch: int = 1) -> Stream:
        """Open a helper's stream."""
        standing = standing_of(by)
        return await open_stream(self.core, HelperGrant(by.duty, HelperCode(standing.role), standing, EXPIRES), epoch)

    def leave(self, stream: Stream) -> None:
        """Close a page's connection."""
        self.core.hub.remove(stream)


def events_in(stream: Stream) -> list[dict[str, Any]]:
    """Take what waits in a stream."""
    return [json.loads(part.removeprefix(b"data: ")) for part in stream.take().split(b"\n\n") if part]


def kinds_in(stream: Stream) -> list[str]:
    """Take what waits in a stream; return of which kinds it is."""
    return [event["event"] for event in events_in(stream)]


def presences_in(stream: Stream) -> list[tuple[str, str, int]]:
    """Take what waits in a stream; return who is said to be how, and after how long away (in s)."""
    return presences_of(events_in(stream))


def presences_of(events: list[dict[str, Any]]) -> list[tuple[str, str, int]]:
    """Return who is said to be how in some events, and after how long away (in s)."""
    told = [event for event in events if event["event"] == "presence"]
    return [(event["participant"], event["state"], event["away_ms"] // 1000) for event in told]


__all__ = ["HELPER", "Stage", "events_in", "kinds_in", "presences_in", "presences_of"]
