"""Who is there: what a page's answers, its silence and its going tell of the one who looks at it. No I/O.

Values and a monotonic time in, changes out. A write to a dead phone succeeds for a long time, so only answers count:
each heartbeat is answered by a `here`, and the second in a row that is not makes a person unreachable. Silence of the
person is not asked about at all: who reads, thinks or hides the page is there.
"""

import heapq
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from suoja.live.limits import Limits
from suoja.live.wire import PageState, PresenceState

Code = TypeVar("Code", bound=str)

NEVER = float("inf")
REACHABLE = frozenset({"here", "hidden"})


class Person(Struct, frozen=True, kw_only=True):
    """One person as their page shows them; instants are monotonic seconds.

    `away_at` and `lost_at`: since when they have not been here, or not been reachable; `was_away`: for how long, before
    they were here again. `reached_at`: since when they can be reached, or could be until they were lost. `due`: when
    what we wait for has not come by then, they are `then`.
    """

    state: PresenceState = "here"
    since: float
    reached_at: float
    away_at: float | None = None
    lost_at: float | None = None
    was_away: float = 0.0
    is_hidden: bool = False
    has_stream: bool = False
    missed: int = 0
    due: float = NEVER
    then: PresenceState = "unreachable"


# --- the rules of one person ----------------------------------------------------------------------------------------


def expected(now: float, limits: Limits) -> Person:
    """Return somebody whose page is about to open a stream: a new one, or any after a restart."""
    return Person(since=now, reached_at=now, due=now + limits.gone_after)


def opened(person: Person, now: float) -> Person:
    """Their page has opened a stream: they are as they last said."""
    return _seen(replace(person, has_stream=True), now, NEVER)


def closed(person: Person, now: float, limits: Limits) -> Person:
    """Their last stream has closed. Who said that they leave is given the time that a reload takes."""
    if person.then == "left" and person.due != NEVER:
        return replace(person, has_stream=False, missed=0)
    due = min(person.due, now + limits.gone_after) if person.state in REACHABLE else NEVER
    return replace(person, has_stream=False, missed=0, due=due, then="unreachable")


def renewed(person: Person, now: float, limits: Limits) -> Person:
    """Another page of theirs has taken the seat: what the older one said of itself holds no more."""
    return closed(replace(person, is_hidden=False, due=NEVER), now, limits)


def answered(person: Person, said: PageState, now: float, limits: Limits) -> Person:
    """Their page has answered a heartbeat, or says how it is."""
    if said == "leaving":
        return replace(person, due=now + limits.left_after, then="left")
    due = NEVER if person.has_stream else now + limits.gone_after
    return _seen(replace(person, is_hidden=said == "hidden"), now, due)


def beaten(person: Person, now: float, limits: Limits) -> Person:
    """A heartbeat was sent. The second that goes unanswered starts the last wait."""
    missed = person.missed + 1
    if missed != 2 or person.due != NEVER or person.state not in REACHABLE:  # noqa: PLR2004  # As the sentence says.
        return replace(person, missed=missed)
    return replace(person, missed=missed, due=now + limits.answer_within, then="unreachable")


def elapsed(person: Person) -> Person:
    """What was waited for has not come."""
    away_at, lost_at = _first(person.away_at, person.due), _first(person.lost_at, person.due)
    return replace(person, state=person.then, since=person.due, away_at=away_at, lost_at=lost_at, due=NEVER)


def _seen(person: Person, now: float, due: float) -> Person:
    """There was a sign of life: nothing is missed, and they are here or have hidden the page."""
    state: PresenceState = "hidden" if person.is_hidden else "here"
    if person.state == state:
        return replace(person, missed=0, due=due, then="unreachable")
    away_at, reached_at = _first(person.away_at, now), person.reached_at if person.lost_at is None else now
    if state == "here":
        person = replace(person, away_at=None, was_away=now - away_at)
    else:
        person = replace(person, away_at=away_at)
    return replace(
        person, state=state, since=now, reached_at=reached_at, lost_at=None, missed=0, due=due, then="unreachable"
    )


def _first(known: float | None, instant: float) -> float:
    """Return since when something holds that holds now: longer than since now, perhaps."""
    return instant if known is None else known


# --- many of them ---------------------------------------------------------------------------------------------------


class Changed(Struct, Generic[Code], frozen=True):
    """Somebody's state has changed."""

    code: Code
    before: Person
    after: Person


class People(Generic[Code]):
    """The people of one kind by code, and for whom time alone will bring about something: found without a search."""

    def __init__(self, limits: Limits) -> None:
        """Start with nobody."""
        self._limits = limits
        self._people: dict[Code, Person] = {}
        self._due: list[tuple[float, Code]] = []
        self._absent: list[tuple[float, Code]] = []

    def __getitem__(self, code: Code) -> Person | None:
        """Return a person, if one is known under this code."""
        return self._people.get(code)

    def is_lost(self, code: Code) -> bool:
        """Tell whether somebody can't be reached just now; of who is unknown, nobody can say so."""
        person = self._people.get(code)
        return person is not None and person.state not in REACHABLE

    def lost_for(self, seconds: float, now: float) -> frozenset[Code]:
        """Return those who have not been reachable for so long."""
        lost = ((code, person.lost_at) for code, person in self._people.items() if person.lost_at is not None)
        return frozenset(code for code, lost_at in lost if now - lost_at >= seconds)

    def expect(self, code: Code, now: float) -> None:
        """Begin to follow somebody."""
        self._put(code, expected(now, self._limits))

    def forget(self, code: Code) -> None:
        """Follow somebody no more."""
        self._people.pop(code, None)

    def opened(self, code: Code, now: float) -> Changed[Code] | None:
        """Their page has opened a stream."""
        return self._move(code, lambda person: opened(person, now))

    def closed(self, code: Code, now: float) -> Changed[Code] | None:
        """Their last stream has closed."""
        return self._move(code, lambda person: closed(person, now, self._limits))

    def renewed(self, code: Code, now: float) -> Changed[Code] | None:
        """Another page of theirs has taken the seat."""
        return self._move(code, lambda person: renewed(person, now, self._limits))

    def answered(self, code: Code, said: PageState, now: float) -> Changed[Code] | None:
        """Their page has answered."""
        return self._move(code, lambda person: answered(person, said, now, self._limits))

    def beaten(self, code: Code, now: float) -> Changed[Code] | None:
        """Their newest stream was given a heartbeat."""
        return self._move(code, lambda person: beaten(person, now, self._limits))

    def elapsed(self, now: float) -> Iterator[Changed[Code]]:
        """Give those of whom what was waited for has not come by now."""
        for at, code in _popped(self._due, now):
            person = self._people.get(code)
            if person is not None and person.due == at and (changed := self._move(code, elapsed)):
                yield changed

    def absent(self, now: float, again: float) -> Iterator[Code]:
        """Give those who have been lost for `absence_limit`; again after so many seconds, while they are followed."""
        for at, code in _popped(self._absent, now):
            person = self._people.get(code)
            if person is not None and person.lost_at is not None and person.lost_at + self._limits.absence_limit <= at:
                heapq.heappush(self._absent, (now + again, code))
                yield code

    def _move(self, code: Code, rule: Callable[[Person], Person]) -> Changed[Code] | None:
        before = self._people.get(code)
        if before is None:
            return None
        after = rule(before)
        self._put(code, after, before)
        return None if after.state == before.state else Changed(code, before, after)

    def _put(self, code: Code, after: Person, before: Person | None = None) -> None:
        self._people[code] = after
        if after.due != NEVER and (before is None or after.due != before.due):
            heapq.heappush(self._due, (after.due, code))
        if after.lost_at is not None and (before is None or before.lost_at is None):
            heapq.heappush(self._absent, (after.lost_at + self._limits.absence_limit, code))


def _popped(heap: list[tuple[float, Code]], now: float) -> Iterator[tuple[float, Code]]:
    """Take what is due from a heap. What was put there for an earlier state is for the caller to see."""
    while heap and heap[0][0] <= now:
        yield heapq.heappop(heap)
