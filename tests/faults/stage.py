"""The stage: one service, a helper who stays on duty, and a visitor for each talk; everybody behind a network."""

import itertools
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.faults.network import Fault, Loop
from tests.faults.people import Browsers, Person, eventually
from tests.faults.service import Process
from tests.faults.talk import Talk

FIRST = "professional@example.org"
NUMBERS = itertools.count(1)


class Stage:
    """Browsers and networks over one service; the service may stop and start beneath them."""

    def __init__(self, service: Process) -> None:
        self.service = service
        self._loop, self._browsers = Loop(), Browsers()
        self._helpers: dict[str, Person] = {}
        self.met: Counter[Fault] = Counter()
        self.talks = self.written = 0

    def person(self, name: str) -> Person:
        return Person(f"{name}-{next(NUMBERS)}", self._browsers, self._loop, self.service.port)

    def helper(self, email: str = FIRST) -> Person:
        """Return a helper who is available: one browser for each."""
        if email not in self._helpers:
            helper = self._helpers[email] = self.person("helper")
            helper.sign_in(email)
            helper.open("/en/console/")
            helper.press("Available")
            eventually(lambda: bool(helper.sights()["isAvailable"]), helper.sights)
        return self._helpers[email]

    @contextmanager
    def talk(self, by: str = FIRST) -> Iterator[Talk]:
        """Have a visitor who has just been answered; afterwards nothing of them is left."""
        visitor = self.person("visitor")
        talk = Talk(visitor, self.helper(by), self.service)
        try:
            talk.begin()
            yield talk
            talk.helper.press("Close")
            self.talks += 1
        except BaseException:
            self._send_home(talk)
            raise
        finally:
            visitor.close_tabs()
            visitor.network.close()
            self.met.update(visitor.network.met)
            self.written += sum(map(len, talk.attempted.values()))

    def leaves(self, helper: Person) -> None:
        """Have a helper sign out in the middle of whatever they are doing."""
        self._helpers = {email: one for email, one in self._helpers.items() if one is not helper}
        helper.sign_out()
        helper.network.close()

    def _send_home(self, talk: Talk) -> None:
        """After a failure the next talk begins with a helper who knows nothing of it, and with nobody who waits."""
        self._helpers.clear()
        talk.visitor.network.heal()
        talk.helper.network.heal()
        # Where the service doesn't run any more there is nobody to tell.
        with suppress(RuntimeError):
            talk.visitor.do("leave")
            talk.helper.sign_out()
        talk.helper.network.close()

    def mishaps(self) -> list[str]:
        """Return the script errors of all pages so far."""
        mishaps: list[str] = self._browsers.do("mishaps")
        return mishaps

    def close(self) -> None:
        for helper in self._helpers.values():
            helper.network.close()
            self.met.update(helper.network.met)
        self._browsers.stop()
        self._loop.stop()
