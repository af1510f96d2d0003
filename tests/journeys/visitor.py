"""What a visitor can do, in the words of the page they see."""

from typing import Literal

from playwright.sync_api import FrameLocator, Locator, Page, Route, expect

Place = Literal["front page", "chat page", "host page"]


class Held:
    """Requests that are on their way for as long as a journey wants."""

    def __init__(self, page: Page, address: str) -> None:
        """Hold every request whose address matches, from now on."""
        self._page = page
        self._address = address
        self._is_open = False
        self._routes: list[Route] = []
        page.route(address, self._take)

    def arrive(self) -> None:
        """Wait until there is one to hold."""
        for _ in range(250):
            if self._routes:
                return
            self._page.wait_for_timeout(20)
        message = f"nobody asked for {self._address}"
        raise AssertionError(message)

    def let_go(self) -> None:
        """Let all of them go on, and hold no more."""
        self._is_open = True
        for route in self._routes:
            route.continue_()

    def _take(self, route: Route) -> None:
        if self._is_open:
            route.continue_()
        else:
            self._routes.append(route)


class VisitorAtHome:
    """One visitor with one tab. `enter` chooses the door; everything after it is the same in every place."""

    def __init__(self, page: Page, *, chat: str, host: str, neutral: str) -> None:
        """Keep the page and the addresses of the three sites."""
        self.page = page
        self.neutral = neutral
        self._doors: dict[Place, str] = {
            "front page": f"{chat}/en/",
            "chat page": f"{chat}/en/chat/",
            "host page": f"{host}/",
        }
        self._place: Place = "chat page"
        self._kept: list[list[str]] = []

    # --- the way in ---

    def enter(self, place: Place) -> None:
        """Come to a page; where the chat sits in the corner, open it."""
        self.visit(place)
        if self.is_framed:
            self.launcher.click()

    def visit(self, place: Place) -> None:
        """Come to a page and touch nothing."""
        self._place = place
        self.page.goto(self._doors[place])

    def go_on(self) -> None:
        """Go to another page of the same site. Waits for the page and not for the chat in it."""
        further = "second/" if self._place == "host page" else "?again"
        self.page.goto(self._doors[self._place] + further, wait_until="domcontentloaded")

    def start(self, line: str = "Help with violence") -> None:
        """Choose a line and press Start: the only two presses needed."""
        self.inside.get_by_role("radio", name=line).check()
        self.inside.get_by_role("button", name="Start").click()

    def expect_to_wait(self) -> None:
        """See the queue."""
        expect(self.inside.get_by_role("status", name="Queue")).to_be_visible()

    def expect_to_talk(self) -> None:
        """See the composer."""
        expect(self.message).to_be_visible()

    # --- the talk ---

    def say(self, text: str) -> None:
        """Write and send."""
        self.message.fill(text)
        self.inside.get_by_role("button", name="Send").click()

    def expect_to_read(self, text: str) -> None:
        """See a text in the conversation."""
        expect(self.log).to_contain_text(text)

    def end(self) -> None:
        """End the conversation, and mean it."""
        self.inside.get_by_role("button", name="End conversation").click()
        self.inside.get_by_role("dialog").get_by_role("button", name="End", exact=True).click()

    # --- the way out ---

    def expect_to_be_away(self) -> None:
        """Have left for the neutral place."""
        self.page.wait_for_url(f"{self.neutral}/**")
        expect(self.page.get_by_role("heading", name="Weather today")).to_be_visible()

    def hold(self, address: str) -> "Held":
        """Keep a request of this tab on its way until it is let go: a slow network, at a chosen place."""
        return Held(self.page, address)

    def go_back_to(self, address: str) -> None:
        """Go back. Asks the page where it is: Firefox's driver does not notice a page that was only put away."""
        self.page.evaluate("history.back()")
        self.page.wait_for_timeout(1000)
        assert self.page.evaluate("location.href") == address

    def close_tab(self) -> None:
        """Close the tab. A browser keeps what its storage held, to give the tab back."""
        self._kept = self.page.evaluate("Object.entries(sessionStorage)")
        self.page.close()

    def come_back(self, page: Page) -> None:
        """Have the closed tab of the chat page again, as a browser gives it back."""
        self.page = page
        self.visit("chat page")
        page.evaluate("(kept) => kept.forEach(([name, value]) => sessionStorage.setItem(name, value))", self._kept)
        page.reload()

    def go_away(self) -> None:
        """Leave nothing behind for the next journey."""
        if not self.page.is_closed() and self.exit_link.is_visible():
            self.exit_link.click()
            self.expect_to_be_away()

    # --- what is on the page ---

    @property
    def is_framed(self) -> bool:
        """Whether the chat sits in a frame here."""
        return self._place != "chat page"

    @property
    def launcher(self) -> Locator:
        """The button in the lower right corner."""
        return self.page.get_by_role("button", name="Open chat")

    @property
    def exit_link(self) -> Locator:
        """The way out: in the host's page when framed, else in the page itself."""
        return self.page.get_by_role("link", name="Exit this page")

    @property
    def inside(self) -> Page | FrameLocator:
        """Where the chat is drawn."""
        return self.page.frame_locator('iframe[title="Chat"]') if self.is_framed else self.page

    @property
    def connection(self) -> Locator:
        """What is said of the connection; empty while nothing is wrong."""
        return self.inside.get_by_role("status", name="Connection")

    @property
    def log(self) -> Locator:
        """The conversation's history."""
        return self.inside.get_by_role("log", name="Conversation")

    @property
    def message(self) -> Locator:
        """The composer."""
        return self.inside.get_by_role("textbox", name="Message")
