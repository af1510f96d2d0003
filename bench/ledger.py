"""Which message was scheduled when, acknowledged under which number, and seen where. Pure; one for each run.

A message's id is its place in the ledger, so that the driver finds it again without a table of names.
"""

ID_DIGITS = 22
"""As long as the ids that browsers make."""

_SHOWN = 5


class Ledger:
    """Every message of one run, from its scheduled instant to its arrival on both sides."""

    def __init__(self, first: int = 0) -> None:
        """Start empty; `first` is the id of the first message, so that stragglers of an earlier run are told apart."""
        self.first = first
        self._scheduled: list[float] = []
        self._sender: list[int] = []
        self._number: list[int] = []
        self._arrived: list[float] = []
        self._seen = bytearray()
        self._echoed = bytearray()
        self._acknowledged_at: list[float] = []
        self.refused = 0
        self.wrong: list[str] = []

    def __len__(self) -> int:
        """Return how many messages were scheduled."""
        return len(self._scheduled)

    def schedule(self, sender: int, at: float) -> int:
        """Note a message that is due at an instant; return its place."""
        self._scheduled.append(at)
        self._sender.append(sender)
        self._number.append(0)
        self._arrived.append(0.0)
        self._seen.append(0)
        self._echoed.append(0)
        return len(self._scheduled) - 1

    def acknowledge(self, message: int, number: int, at: float) -> None:
        """Note the answer to a message."""
        if self._number[message] not in {0, number}:
            self.wrong.append(f"message {message} was acknowledged as {number} and stands at {self._number[message]}")
        self._number[message] = number
        self._acknowledged_at.append(at)

    def refuse(self, status: int) -> None:
        """Note that a message was not taken."""
        if not self.refused:
            self.wrong.append(f"a message was answered with {status}")
        self.refused += 1

    def arrive(self, reader: int, message: int, number: int, at: float) -> None:
        """Note that a message has come on a stream: the other side's is what counts, one's own echo must come too."""
        if self._number[message] not in {0, number}:
            self.wrong.append(f"message {message} came as {number} and was acknowledged as {self._number[message]}")
        self._number[message] = number
        if reader == self._sender[message]:
            self._echoed[message] = min(self._echoed[message] + 1, 9)
            return
        self._seen[message] = min(self._seen[message] + 1, 9)
        self._arrived[message] = at

    @property
    def is_settled(self) -> bool:
        """Tell whether everything that was scheduled has been answered, and has come on both sides."""
        answered = len(self._acknowledged_at) + self.refused
        missing = max(self._seen.count(0), self._echoed.count(0))
        return answered >= len(self) and missing <= self.refused

    def faults(self) -> tuple[str, ...]:
        """Return what must not be: an acknowledged message that came on a side not at all, or more than once."""
        answered = len(self._acknowledged_at) + self.refused
        lost = [place for place in range(len(self)) if self._number[place] and not self._seen[place]]
        unseen = [place for place in range(len(self)) if self._number[place] and not self._echoed[place]]
        twice = [place for place in range(len(self)) if self._seen[place] > 1 or self._echoed[place] > 1]
        found = [f"{len(lost)} acknowledged and lost"] if lost else []
        found += [f"{len(unseen)} acknowledged and not echoed"] if unseen else []
        found += [f"{disordered} out of their sender's order"] if (disordered := self._disordered()) else []
        found += [f"{len(twice)} came twice"] if twice else []
        found += [f"{len(self) - answered} never answered"] if answered < len(self) else []
        return (*self.wrong[:_SHOWN], *found)

    def _disordered(self) -> int:
        """Count what stands in a log before something that its sender had said earlier."""
        newest: dict[int, int] = {}
        count = 0
        for sender, number in zip(self._sender, self._number, strict=True):
            count += 0 < number < newest.get(sender, 0)
            newest[sender] = max(number, newest.get(sender, 0))
        return count

    def latencies(self, since: float, until: float) -> list[float]:
        """Return the ms from schedule to the other side, of what was scheduled within a window."""
        return [
            (arrived - scheduled) * 1000
            for scheduled, arrived in zip(self._scheduled, self._arrived, strict=True)
            if arrived and since <= scheduled < until
        ]

    def acknowledged(self, since: float, until: float) -> int:
        """Return how many answers came within a window."""
        return sum(since <= at < until for at in self._acknowledged_at)
