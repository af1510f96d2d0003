"""What can happen in a talk, as steps that hypothesis strings together. Each is a sentence that a failure prints."""

import time
from collections.abc import Callable
from typing import Literal

from hypothesis import strategies as st
from msgspec import Struct

from tests.faults.network import Fault
from tests.faults.talk import SIDES, Side, Talk

EITHER = st.sampled_from(SIDES)
COMMANDS = {
    "visitor": ("key", "read", "here", "events", "resume"),
    "helper": ("read", "here", "events", "on-duty"),
}

Sight = Literal["go_dark", "light_up", "cut", "buffer", "stop_reading", "heal"]
"""What befalls a network as a whole."""

Word = Literal["online", "offline", "pageshow"]
"""What a browser tells its page."""


class Says(Struct, frozen=True):
    """Writes a text; its request may meet a fault."""

    side: Side
    fault: Fault | None = None

    def __call__(self, talk: Talk) -> None:
        if self.fault is not None:
            talk.people[self.side].network.meets("say", self.fault)
        talk.say(self.side)


class Meets(Struct, frozen=True):
    side: Side
    command: str
    fault: Fault

    def __call__(self, talk: Talk) -> None:
        talk.people[self.side].network.meets(self.command, self.fault)


class Befalls(Struct, frozen=True):
    side: Side
    what: Sight

    def __call__(self, talk: Talk) -> None:
        getattr(talk.people[self.side].network, self.what)()


class Hears(Struct, frozen=True):
    side: Side
    word: Word

    def __call__(self, talk: Talk) -> None:
        talk.people[self.side].do("tell", event=self.word)


class Reloads(Struct, frozen=True):
    side: Side

    def __call__(self, talk: Talk) -> None:
        talk.reload(self.side)


class Doubles(Struct, frozen=True):
    """Goes on in a second tab."""

    side: Side

    def __call__(self, talk: Talk) -> None:
        talk.note()
        talk.people[self.side].second_tab()


class LosesKeys(Struct, frozen=True):
    """The helper's browser throws its database away."""

    def __call__(self, talk: Talk) -> None:
        talk.note()
        talk.helper.lose_keys()


class PutsAway(Struct, frozen=True):
    side: Side
    is_visible: bool

    def __call__(self, talk: Talk) -> None:
        talk.people[self.side].do("show", isVisible=self.is_visible)


class Waits(Struct, frozen=True):
    seconds: float

    def __call__(self, _talk: Talk) -> None:
        time.sleep(self.seconds)


class Stops(Struct, frozen=True):
    """The service stops as in a deploy, or as in a crash, and starts again."""

    how: Literal["restart", "crash"]

    def __call__(self, talk: Talk) -> None:
        talk.note()
        getattr(talk.service, self.how)()


Step = Callable[[Talk], None]


def meetings(side: Side) -> st.SearchStrategy[Meets]:
    return st.sampled_from(COMMANDS[side]).flatmap(
        lambda command: st.builds(Meets, st.just(side), st.just(command), st.sampled_from(faults_of(command)))
    )


def faults_of(command: str) -> list[Fault]:
    """Return what may meet a command. A page that takes up a seat must not come later than the one after it.

    The page that comes last is the newest by definition: the first request of an older one could win, with nobody
    before it, and so could a copy that comes when the service has started anew and remembers no page.
    """
    once = [Fault.REQUEST_LOST, Fault.ANSWER_LOST, Fault.TWICE]
    return once if command in {"resume", "on-duty"} else list(Fault)


def faults() -> st.SearchStrategy[Step]:
    return st.one_of(
        *(meetings(side) for side in SIDES),
        st.builds(Befalls, EITHER, st.sampled_from(["go_dark", "light_up", "cut", "buffer", "stop_reading", "heal"])),
        st.builds(Hears, EITHER, st.sampled_from(["online", "offline", "pageshow"])),
        st.builds(Reloads, EITHER),
        st.builds(Doubles, EITHER),
        st.builds(LosesKeys),
        st.builds(PutsAway, EITHER, st.booleans()),
        st.builds(Stops, st.sampled_from(["restart", "crash"])),
    )


def stories() -> st.SearchStrategy[list[Step]]:
    """Return what may happen between the acceptance and the end: messages, faults and moments, in any order."""
    says = st.builds(Says, EITHER, st.one_of(st.none(), st.sampled_from(Fault)))
    moments = st.builds(Waits, st.sampled_from([0.02, 0.1, 0.3]))
    return st.lists(st.one_of(says, says, moments, faults()), min_size=8, max_size=24)
