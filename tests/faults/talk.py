"""One talk between two people on their pages, and what each of them wrote and was told to be sent."""

from contextlib import suppress
from typing import Literal

from tests.faults import report
from tests.faults.oracle import Verdict, judged
from tests.faults.people import Person, eventually
from tests.faults.service import Process

Side = Literal["visitor", "helper"]
OTHER: dict[Side, Side] = {"visitor": "helper", "helper": "visitor"}
SIDES: tuple[Side, ...] = ("visitor", "helper")


class Talk:
    """A visitor and a helper, and a record of what each of them wrote and was told to be sent."""

    def __init__(self, visitor: Person, helper: Person, service: Process) -> None:
        self.service = service
        self.people: dict[Side, Person] = {"visitor": visitor, "helper": helper}
        self.attempted: dict[Side, list[str]] = {"visitor": [], "helper": []}
        self.acknowledged: dict[Side, dict[str, None]] = {"visitor": {}, "helper": {}}

    @property
    def visitor(self) -> Person:
        return self.people["visitor"]

    @property
    def helper(self) -> Person:
        return self.people["helper"]

    def begin(self) -> None:
        self.visitor.open("/en/chat/")
        self.visitor.choose("adults")
        self.visitor.press("Start")
        self.helper.press("Accept next")
        eventually(lambda: self.visitor.state() == "talk", self.picture)

    def say(self, side: Side, more: str = "") -> str | None:
        """Write the next text of a side; None when there was nowhere to write it."""
        text = f"{side} {len(self.attempted[side])} of {self.visitor.name}{more}"
        if not self.people[side].write(text):
            return None
        self.attempted[side].append(text)
        return text

    def note(self) -> None:
        """Note what the pages now say is sent: a page that is loaded anew may forget it, the service may not."""
        for side, person in self.people.items():
            self.acknowledged[side] |= dict.fromkeys(person.sent())

    def say_and_hear(self, side: Side) -> str:
        """Write a text, as soon as there is somewhere to write it, and wait until the page says that it is sent."""
        eventually(lambda: self.say(side) is not None, self.picture)
        said = self.attempted[side][-1]
        eventually(lambda: said in self.people[side].sent(), self.picture)
        self.note()
        return said

    def reload(self, side: Side) -> None:
        self.note()
        self.people[side].reload()

    # --- becoming quiet ---------------------------------------------------------------------------------------------

    def heal(self) -> None:
        """Give everybody a good network, and a page that knows it."""
        for person in self.people.values():
            person.network.heal()
            person.do("loaded")
            person.do("show", isVisible=True)
            person.do("tell", event="online")

    def settle(self) -> None:
        """Wait until everything that can still arrive has arrived."""
        try:
            eventually(self._is_settled, self.picture)
        except AssertionError:
            report.judged(self.verdicts().values())
            raise
        self.note()

    def _is_settled(self) -> bool:
        return all(self._has_all(side) and self._is_there(side) for side in SIDES)

    def _has_all(self, side: Side) -> bool:
        """Tell whether nothing of a side waits any more, and the other side reads all that stands on its page."""
        own = [line.text for line in self.people[side].log() if line.isOwn]
        return set(own) == set(self.people[OTHER[side]].read())

    def _is_there(self, side: Side) -> bool:
        """Tell whether a page is connected, and its person can write."""
        sights = self.people[side].sights()
        return sights.get("state") in {"talk", "connected"} and sights["mayWrite"]

    def end(self, side: Side) -> None:
        """End the talk, and mean it: where a page says that it did not work, press again."""
        person = self.people[side]
        eventually(lambda: self._ends(person), self.picture)

    def _ends(self, person: Person) -> bool:
        if not person.do("tryPress", name="End conversation"):
            return True
        person.press("End")
        with suppress(AssertionError):
            eventually(lambda: "End conversation" not in person.sights().get("buttons", ()), self.picture, 2)
        return False

    def over(self) -> None:
        """Wait for the end on both pages."""
        eventually(lambda: self.visitor.state() == "ended", self.picture)
        eventually(lambda: "Close" in self.helper.sights().get("buttons", ()), self.picture)

    # --- judging ----------------------------------------------------------------------------------------------------

    def verdicts(self) -> dict[Side, Verdict]:
        """Judge both directions."""
        self.note()
        return {
            side: judged(self.attempted[side], list(self.acknowledged[side]), self.people[other].read())
            for side, other in OTHER.items()
        }

    def sequences(self) -> list[list[str]]:
        """Return the talk as each side sees it: the two have to be the same."""
        return [[line.text for line in person.log() if line.text is not None] for person in self.people.values()]

    def complaints(self) -> list[str]:
        """Return what a page says of messages that are missing or can't be opened: never, whatever happens."""
        lines = [line.event for person in self.people.values() for line in person.log() if line.event is not None]
        return [line for line in lines if "missing" in line or "can't be opened" in line]

    def picture(self) -> str:
        """Return both pages, for whoever has to find out."""
        pages = [f"{side}: {person.log()}\n{person.sights()}" for side, person in self.people.items()]
        return "\n".join([*pages, f"attempted: {self.attempted}", f"acknowledged: {self.acknowledged}"])
