"""How synchronous code tells the live core that something happened: one door, thread-safe, after commit.

The rooms above borrow the core's values and pure rules; a running core they reach through here alone. Where none runs
in the process (a management command, a test of a page) the door is shut, and says so.
"""

from suoja.lib.codes import DutyCode
from suoja.live.core import Core

_core: Core | None = None


def open_for(core: Core) -> None:
    """Let what comes through the door reach this core. Called when it has started."""
    global _core  # noqa: PLW0603  # One core for a process, as there is one event loop for it.
    _core = core


def shut() -> None:
    """Let nothing through. Called before the core stops."""
    global _core  # noqa: PLW0603  # See above.
    _core = None


def revoke(duty: DutyCode) -> bool:
    """End a duty: its streams close, its grants are refused. Returns at once; False when no core runs here.

    Without a core there are no streams to close either, and the duty ends when its lease has run out.
    """
    if _core is None:
        return False
    _core.revoke_soon(duty)
    return True
