"""People in front of the shipped pages: browsers in one Node process, driven by what a person does and sees.

`Browsers` speaks the line protocol of node/main.mjs. A `Person` has a browser, a network of their own, and one tab that
they look at; the visitor may have older ones.
"""

import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct

from tests.faults.network import Loop, Network

MAIN = Path(__file__).parent / "node" / "main.mjs"
SPEED = 5
"""How much faster the browsers' clocks run: half a minute of waiting between two tries is six seconds."""

PATIENCE = 20.0
LOOK_EVERY = 0.03


class Shown(Struct, frozen=True):
    """One line of the log as it stands on a page."""

    text: str | None = None
    event: str | None = None
    state: str = ""
    isOwn: bool = False  # noqa: N815  # As the browsers' JSON has it.


class Browsers:
    """The Node process."""

    def __init__(self) -> None:
        # CI's `node` lies in the environment; without a pool for every core beside the service and the browsers.
        self._process = subprocess.Popen(
            ["node", str(MAIN)],  # noqa: S607  # The environment's own comes first in the path.
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "NODE_NO_WARNINGS": "1"},
            text=True,
        )

    def do(self, verb: str, **given: object) -> Any:  # noqa: ANN401  # Whatever the verb answers.
        """Return what a verb of main.mjs answers. Raises RuntimeError with what went wrong in the page."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": verb, **given}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"error": "the browsers have ended"}')
        if "error" in answer:
            message = f"{verb} {given}: {answer['error']}"
            raise RuntimeError(message)
        return answer["value"]

    def stop(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(20)
        assert self._process.stdout is not None
        self._process.stdout.close()


class Person:
    """Somebody with a browser and a network of their own, in front of one tab."""

    def __init__(self, name: str, browsers: Browsers, loop: Loop, service_port: int) -> None:
        self.name, self._browsers = name, browsers
        self.network = Network(loop, service_port)
        self._tabs = 1
        self.older: list[str] = []
        self.tab = f"{name}-1"
        browsers.do("browser", name=name, speed=SPEED)

    def do(self, verb: str, **given: object) -> Any:  # noqa: ANN401  # As `Browsers.do`.
        return self._browsers.do(verb, page=self.tab, **given)

    # --- pages ------------------------------------------------------------------------------------------------------

    def sign_in(self, email: str) -> None:
        url = f"{self.network.url}/en/accounts/login/"
        self._browsers.do("signIn", browser=self.name, url=url, email=email, password="suoja-demo")

    def sign_out(self) -> None:
        """End the session and the duty, from whatever page there is."""
        base = f"{self.network.url}/en"
        self._browsers.do("signOut", browser=self.name, page=f"{base}/console/", url=f"{base}/accounts/logout/")
        self.close_tabs()

    def open(self, path: str) -> None:
        self.do("open", browser=self.name, url=f"{self.network.url}{path}")

    def reload(self) -> None:
        """Load the page anew; it may take until there is a network."""
        self.do("reload")

    def second_tab(self) -> None:
        """Go on in a second tab that begins with the storage of the first, which stays open behind it.

        One that has not taken up the talk yet is closed: it might do so later than the second, and be the newest page.
        """
        if not self.sights().get("mayWrite"):
            self.do("crash")
        self.older.append(self.tab)
        self._tabs += 1
        old, self.tab = self.tab, f"{self.name}-{self._tabs}"
        self._browsers.do("duplicate", page=old, **{"as": self.tab})

    def close_tabs(self) -> None:
        for tab in (*self.older, self.tab):
            self._browsers.do("close", page=tab)
            self._browsers.do("forget", page=tab)
        self.older.clear()

    def lose_keys(self) -> None:
        """Have the browser throw its database away, and load the page anew."""
        self._browsers.do("loseKeys", browser=self.name)
        self.reload()

    # --- doing and seeing -------------------------------------------------------------------------------------------

    def press(self, name: str) -> None:
        self.do("press", name=name)

    def choose(self, value: str) -> None:
        self.do("choose", value=value)

    def write(self, text: str) -> bool:
        """Type and press Send. False when there is nowhere to write just now."""
        return bool(self.do("write", text=text))

    def log(self) -> list[Shown]:
        """Return what stands in the log; nothing while the page isn't there."""
        try:
            return [Shown(**line) for line in self.do("log")]
        except RuntimeError:
            return []

    def sights(self) -> dict[str, Any]:
        """Return what else is on the page; nothing while the page isn't there."""
        try:
            sights: dict[str, Any] = self.do("sights")
        except RuntimeError:
            return {}
        return sights

    def state(self) -> str:
        return str(self.sights().get("state", ""))

    def older_are_blank(self) -> bool:
        """Tell whether the tabs behind this one show nothing of a talk, and let nobody write."""
        seen = [self._browsers.do("sights", page=tab) for tab in self.older if self._browsers.do("isOpen", page=tab)]
        return all(not sights["hasTalk"] and not sights["mayWrite"] for sights in seen)

    def read(self) -> list[str]:
        """Return the other side's texts as they stand on the page."""
        return [line.text for line in self.log() if line.text is not None and not line.isOwn]

    def sent(self) -> list[str]:
        """Return the own texts that the page says are sent: the service has acknowledged them."""
        return [line.text for line in self.log() if line.text is not None and line.isOwn and is_acknowledged(line)]


def is_acknowledged(line: Shown) -> bool:
    """Tell whether a page shows a message as sent: in words beside the latest, by no other word beside the others."""
    return line.state in {"", "Sent"}


def eventually(check: Callable[[], bool], what: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait until something is so. Raises AssertionError with what there is instead."""
    deadline = time.monotonic() + patience
    while not check():
        assert time.monotonic() < deadline, what()
        time.sleep(LOOK_EVERY)
