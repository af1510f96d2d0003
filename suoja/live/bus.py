"""Between processes: what one process commits, the streams of all have to hear. With one process it is a call."""

from collections.abc import Callable

from suoja.live.hub import Notice


class LocalBus:
    """The bus of a service that runs in one process: it delivers at once, in the order of publishing."""

    def __init__(self, deliver: Callable[[Notice], None]) -> None:
        """Take the hub's door."""
        self._deliver = deliver

    def publish(self, notice: Notice) -> None:
        """Carry an event to every process's hub. Called after the commit that made it, never before."""
        self._deliver(notice)
