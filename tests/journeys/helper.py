"""What a helper can do, in the words of the console."""

import re

from playwright.sync_api import Locator, Page, expect


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
        group = self.page.get_by_role("region", name="Waiting").get_by_role("group", name=line)
        group.get_by_role("button", name="Accept next").click()
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
        self.talk.get_by_role("button", name="End conversation").click()
        self.page.get_by_role("dialog").get_by_role("button", name="End", exact=True).click()

    def close_talk(self) -> None:
        """Close an ended talk: it leaves this screen, and its row leaves the server."""
        self.talk.get_by_role("button", name="Close").click()
        expect(self.talk).to_have_count(0)

    def go_home(self) -> None:
        """Sign out, also in the middle of a talk: the duty is over, and so is what was still open."""
        self.page.get_by_role("button", name="Sign out").click()
        question = self.page.get_by_role("dialog")
        if question.is_visible():
            question.get_by_role("button", name="Sign out").click()
        self.page.wait_for_url("**/accounts/login/**")

    @property
    def available(self) -> Locator:
        """The switch."""
        return self.page.get_by_role("switch", name="Available")

    @property
    def talk(self) -> Locator:
        """The open talk."""
        return self.page.get_by_role("region", name=re.compile(r"^Conversation \d+$"))

    @property
    def log(self) -> Locator:
        """The talk's history."""
        return self.talk.get_by_role("log", name="Conversation")

    @property
    def message(self) -> Locator:
        """The talk's composer."""
        return self.talk.get_by_role("textbox", name="Message")
