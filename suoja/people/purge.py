"""What of the people's store has a lifetime: sessions that are over, and the admin's log (docs/privacy.md)."""

from datetime import datetime, timedelta

import msgspec
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.backends.db import SessionStore

ADMIN_LOG_LIFETIME = timedelta(days=365)


class PeoplePurged(msgspec.Struct, frozen=True):
    """How many rows went."""

    admin_log: int

    def __str__(self) -> str:
        """Say it on one line, as `suoja tick` prints it."""
        return f"{self.admin_log} due in the admin's log"


def purge_people(now: datetime) -> PeoplePurged:
    """Delete what has outlived its purpose. Sessions keep the real time: the shifted clock does not move them."""
    SessionStore.clear_expired()
    gone, _ = LogEntry.objects.filter(action_time__lt=now - ADMIN_LOG_LIFETIME).delete()
    return PeoplePurged(admin_log=gone)
