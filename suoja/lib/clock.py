"""The service's clock: the only place where the program asks what time it is.

The clock can be shifted for demos and tests (`SUOJA_CLOCK`): it then starts at another instant and runs on. The shift
moves what the service says of the day (opening hours, times beside messages, retention), not timeouts: those use
`monotonic()`, which is never shifted.
"""

import time
from datetime import UTC, datetime, timedelta

_shift = timedelta(0)


def now() -> datetime:
    """Return the service's instant now, in UTC."""
    return datetime.now(UTC) + _shift


def monotonic() -> float:
    """Return seconds from an arbitrary start; for timeouts, credits and leases that live in memory."""
    return time.monotonic()


def shift_by(shift: timedelta) -> None:
    """Move the clock of this process. Called once, at start-up, by what reads the settings."""
    global _shift  # noqa: PLW0603  # One clock for a process is the point of this module.
    _shift = shift


def milliseconds(instant: datetime) -> int:
    """Return an instant as whole milliseconds since 1970, the form that travels to browsers."""
    return round(instant.timestamp() * 1000)
