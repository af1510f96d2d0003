"""The state directory: the secret key's file, and how a demo's state was started.

`demo.json` marks a state as a demo's (its accounts have a published password, so no real service starts over it) and
holds the clock's shift, so that every process over one state shows the same time.
"""

import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

DEMO_FILE = "demo.json"


class OtherClock(Exception):
    """The state was started with another SUOJA_CLOCK: what it holds would lie in its future or far past."""


class NotAnInstant(Exception):
    """SUOJA_CLOCK is not an ISO 8601 instant with an offset."""


class DemoState(msgspec.Struct, frozen=True):
    """How a demo was first started: the clock that was asked for (nothing: the real one), and its shift."""

    clock: str
    shift_seconds: float


def make_state_directory(var: Path) -> None:
    """Make the directory, readable by the service alone. One that exists stays as it is: a check judges its mode."""
    var.mkdir(mode=0o700, parents=True, exist_ok=True)


def is_open_to_others(path: Path) -> bool:
    """Tell whether others on this machine may read, change or enter what lies here; nothing there is open to nobody."""
    return path.exists() and bool(path.stat().st_mode & 0o077)


def make_secret(path: Path) -> None:
    """Write a new secret into a file that only the service may read; one that exists stays as it is."""
    try:
        # O_EXCL: of two processes that start at once, one makes the key and the other finds it.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(48) + "\n")


def demo_state_in(var: Path) -> DemoState | None:
    """Return how a demo was started over this state, or None when none ever was."""
    try:
        return msgspec.json.decode((var / DEMO_FILE).read_bytes(), type=DemoState)
    except FileNotFoundError:
        return None


def shift_in(var: Path) -> timedelta:
    """Return the clock's shift that this state was started with."""
    state = demo_state_in(var)
    return timedelta(seconds=state.shift_seconds if state else 0)


def start_demo_state(var: Path, clock: str, now: datetime) -> DemoState:
    """Mark a state as a demo's at its first start; later starts get what the first one wrote.

    `clock` is SUOJA_CLOCK as it stands in the environment, `now` the unshifted instant. An empty clock over a state
    that has one takes that state's. Raises OtherClock when the state was started with another one, NotAnInstant when
    it can't be read.
    """
    state = demo_state_in(var)
    if state is None:
        state = DemoState(clock=clock, shift_seconds=(instant_of(clock) - now).total_seconds() if clock else 0)
        _write(var / DEMO_FILE, msgspec.json.encode(state))
    elif clock and clock != state.clock:
        raise OtherClock
    return state


def instant_of(text: str) -> datetime:
    """Return the instant that an ISO 8601 text names. Raises NotAnInstant when it names none."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotAnInstant from error
    if instant.tzinfo is None:
        raise NotAnInstant
    return instant


def _write(path: Path, data: bytes) -> None:
    # Renamed into place: another process never reads half a file.
    draft = path.with_suffix(".new")
    draft.write_bytes(data)
    draft.replace(path)
