"""What a helper can do, in the words of the console."""

import re
from contextlib import suppress

from playwright.sync_api import Error, Locator, Page, expect

from tests.journeys.engines import engine_of


class HelperAtWork:
    """One helper with one console."""

    def __init__(self, page: Page, chat: str) -> None:
        """Keep the page and the service's address."""
        self.page = page
        self._chat = chat

    def sign_in(self, email: str, password: str = "suoja-demo") -> None:  # noqa: S107  # The demo's published password.
        """Come in by the front door and go to the console."""
        self.page.goto(f"{self._chat}/en/accounts/login/?next=/en/console/")
        self.page.get_by_role("textbox", name="Email").fill(email)
        self.page.get_by_role("textbox", name="Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url("**/console/")

    def become_available(self) -> None:
        """Turn the switch on."""
        self.available.click()
        expect(self.available).to_have_attribute("aria-checked", "true")

    def accept_next(self, line: str = "Help with violence") -> None:
        """Take the next visitor of a line."""
        self.waiting(line).get_by_role("button", name="Accept next").click()
        expect(self.message).to_be_editable()

    def say(self, text: str) -> None:
        """Write and send."""
        self.message.fill(text)
        self.talk.get_by_role("button", name="Send").click()

    def expect_to_read(self, text: str) -> None:
        """See a text in the conversation."""
        expect(self.log).to_contain_text(text)

    def end(self) -> None:
        """End the conversation, and mean it."""
        self._end_button.click()
        self.page.get_by_role("dialog").get_by_role("button", name="End", exact=True).click()

    def close_talk(self) -> None:
        """Close an ended talk: it leaves this screen, and its row leaves the server."""
        self.talk.get_by_role("button", name="Close").click()
        expect(self.talk).to_have_count(0)

    # --- coming and going ---

    def go_home(self) -> None:
        """End what is still open, so that nobody waits for somebody else, and sign out."""
        if "/accounts/login/" in self.page.url:
            return
        if self._end_button.is_visible():
            self.end()
            expect(self.message).to_have_count(0)
        self.sign_out()

    def sign_out(self) -> None:
        """Sign out, also in the middle of a talk."""
        self.page.get_by_role("button", name="Sign out").click()
        question = self.page.get_by_role("dialog")
        if question.is_visible():
            question.get_by_role("button", name="Sign out").click()
        self.page.wait_for_url("**/accounts/login/**")

    def crash(self) -> None:
        """Lose the tab in the middle of everything, and with it all that it had in memory.

        In Chromium the tab's process really crashes. A crash in Firefox takes its driver along, so there the tab is
        closed.
        """
        if engine_of(self.page) == "chromium":
            # The driver's word for a page that has gone under its hands.
            with suppress(Error):
                self.page.goto("chrome://crash")
        self.page.close()

    def come_back(self, page: Page) -> None:
        """Open the console in another tab, still signed in."""
        self.page = page
        page.goto(f"{self._chat}/en/console/")

    # --- what is on the page ---

    @property
    def available(self) -> Locator:
        """The switch."""
        return self.page.get_by_role("switch", name="Available")

    @property
    def talk(self) -> Locator:
        """The open talk."""
        return self.page.get_by_role("region", name=re.compile(r"^Conversation \d+$"))

    @property
    def presence(self) -> Locator:
        """Where the visitor is, in the talk's header."""
        return self.talk.locator("[data-presence]")

    @property
    def log(self) -> Locator:
        """The talk's history."""
        return self.talk.get_by_role("log", name="Conversation")

    @property
    def message(self) -> Locator:
        """The talk's composer."""
        return self.talk.get_by_role("textbox", name="Message")

    def waiting(self, line: str = "Help with violence") -> Locator:
        """Those who wait for a line, and the button that takes the first."""
        return self.page.get_by_role("region", name="Waiting").get_by_role("group", name=line)

    @property
    def _end_button(self) -> Locator:
        return self.talk.get_by_role("button", name="End conversation")
