"""Which page has taken up which seat, in memory: what is told apart by it is a page that asks again from another page.

A request can be held up on its way and arrive after what the page, or the one after it, was answered since. It must not
take a seat away from its own page, nor from a newer one. After a restart nothing sent before can arrive any more, so
none of this is stored.
"""

from collections.abc import Iterator
from typing import Any

from suoja.live.limits import PAGES_PER_SEAT, SEATS_KEPT
from suoja.live.operations import DutyState, Operation, Resume, StartDuty
from suoja.live.records import Change, Conversation


class Pages:
    """Per seat, a conversation's or a duty's code, the epochs that its latest pages were given."""

    def __init__(self) -> None:
        """Start with none."""
        self._seats: dict[str, dict[str, int]] = {}

    def epoch_of(self, seat: str, page: str) -> int | None:
        """Return the epoch with which a page took up a seat; None when it didn't, or so many pages ago."""
        return self._seats.get(seat, {}).get(page)

    def follow(self, operation: Operation[Any], change: Change) -> None:
        """Note what a decided operation has given to a page, and forget the seats that it takes away."""
        if isinstance(operation, Resume) and isinstance(change.result, Conversation):
            self._note(operation.conversation, operation.page, change.result.visitor_epoch)
        elif isinstance(operation, StartDuty) and isinstance(change.result, DutyState):
            self._note(operation.duty, operation.page, change.result.epoch)
        for seat in _gone(change):
            self._seats.pop(seat, None)

    def _note(self, seat: str, page: str, epoch: int) -> None:
        # A batch that failed leaves the epoch to whom it is given next: it is one page's alone.
        earlier = {known: its for known, its in self._seats.pop(seat, {}).items() if its < epoch}
        latest = list(earlier.items())[-PAGES_PER_SEAT + 1 :]
        self._seats[seat] = dict([*latest, (page, epoch)])
        while len(self._seats) > SEATS_KEPT:
            self._seats.pop(next(iter(self._seats)))


def _gone(change: Change) -> Iterator[str]:
    yield from change.removed
    yield from change.removed_duties
