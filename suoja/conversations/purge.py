"""What `suoja tick` does for the talks store: the sweep that a running core does every few seconds, once.

It is the same journal operation, so it is as safe beside a running core as a second batch would be: the store's own
lock keeps them apart. A core that sleeps or was never started keeps no conversation alive by that. Only whether a
console is lost can't be said here, where nobody has listened to it: its duty ends a day after its last answer.
"""

from datetime import datetime

from django.conf import settings
from django.db import connections
from msgspec import Struct

from suoja.conversations.journal import SqlStorage
from suoja.lines.access import line_rule
from suoja.live.journal import Journal
from suoja.live.limits import limits_of
from suoja.live.operations import Sweep

_ROUNDS = 1_000


class Purged(Struct, frozen=True):
    """How many rows were due, and whether nothing deleted is left in the store's files."""

    swept: int
    is_clean: bool

    def __str__(self) -> str:
        """Say it on one line, as `suoja tick` prints it."""
        state = "clean" if self.is_clean else "not yet clean: talks live, or somebody was reading"
        return f"{self.swept} due, files {state}"


def purge(now: datetime) -> Purged:
    """Delete everything in the talks store that is due, shorten its log on disk, and compact it when no talk lives."""
    journal = Journal(SqlStorage(connections), line_rule, limits_of(settings.SUOJA_LIMITS))
    swept = 0
    for _ in range(_ROUNDS):
        [outcome] = journal.apply([Sweep(lost=None)], now)
        count = outcome.change.result if outcome.change else 0
        if not isinstance(count, int) or count == 0:
            break
        swept += count
    return Purged(swept, journal.settle())
