"""Pictures of every state into docs/screens/: `make screenshots`.

One story is played four times, on a phone and on a desk, in daylight and in the evening, against the real program;
each state is photographed as it comes by. A state without a picture fails, because the story then does not pass.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from tests.journeys.engines import launch_chromium
from tests.journeys.helper import HelperAtWork
from tests.journeys.service import Service
from tests.journeys.sites import HOST_PAGE, Site
from tests.journeys.visitor import VisitorAtHome

SCREENS = Path(__file__).parents[1] / "docs" / "screens"
STATES = Path(__file__).parents[1] / "frontend" / "src" / "widget" / "states.ts"
SEEN: set[str] = set()
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "desk": {"width": 1280, "height": 800},
}

TALK = [
    ("helper", "Hello. Is it safe for you to write just now?"),
    ("visitor", "yes, I am alone until four"),
    ("helper", "Good to know. Write at your own pace. You need not explain a pause. Where would you like to begin?"),
    ("visitor", "I don't know if this is even the right place. he checks my phone every evening"),
]


@dataclass(frozen=True)
class Variant:
    """One size in one light."""

    size: str
    scheme: Literal["light", "dark"]

    def context(self, browser: Browser) -> BrowserContext:
        """Open a fresh profile of this size and light."""
        return browser.new_context(
            viewport=SIZES[self.size], color_scheme=self.scheme, device_scale_factor=1, locale="en-GB"
        )

    def shoot(self, page: Page, state: str, *, whole: bool = False) -> None:
        """Save a picture of a state."""
        page.wait_for_timeout(250)
        seen = [
            frame.locator("#chat").get_attribute("data-state") for frame in page.frames if frame.query_selector("#chat")
        ]
        SEEN.update(state for state in seen if state)
        page.screenshot(path=SCREENS / f"{state}-{self.size}-{self.scheme}.png", full_page=whole)


@contextmanager
def stage() -> Iterator[tuple[Browser, Service, Site, Site]]:
    """Start the service, the two other sites and a browser."""
    with ExitStack() as stack:
        neutral = stack.enter_context(Site("neutral").served())
        host = stack.enter_context(Site("host").served())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        service = Service(folder / "var", SUOJA_EXIT_URL=f"{neutral.url}/", SUOJA_FRAME_HOSTS=host.url)
        service.start()
        stack.callback(service.stop)
        host.page = HOST_PAGE.format(chat=service.url)
        browser = launch_chromium(stack.enter_context(sync_playwright()))
        stack.callback(browser.close)
        yield browser, service, host, neutral


def photograph_doors(variant: Variant, visitor: VisitorAtHome, service: Service) -> None:
    """Photograph what is seen while nobody is on duty, in the three languages."""
    for language, prefix in (("fi", ""), ("sv", "sv/"), ("en", "en/")):
        visitor.page.goto(f"{service.url}/{prefix}")
        variant.shoot(visitor.page, f"front-{language}", whole=True)
        visitor.page.goto(f"{service.url}/{prefix}chat/")
        expect(visitor.page.get_by_role("link", name="112").first).to_be_visible()
        variant.shoot(visitor.page, f"closed-{language}")


def photograph_notice(variant: Variant, visitor: VisitorAtHome, service: Service) -> None:
    """Photograph the notice in the three languages, and the panel on a host's page."""
    for language, prefix, start in (("fi", "", "Aloita"), ("sv", "sv/", "Börja"), ("en", "en/", "Start")):
        visitor.page.goto(f"{service.url}/{prefix}chat/")
        expect(visitor.page.get_by_role("button", name=start)).to_be_visible()
        variant.shoot(visitor.page, f"notice-{language}")
    visitor.enter("host page")
    expect(visitor.inside.get_by_role("button", name="Start")).to_be_visible()
    variant.shoot(visitor.page, "host-page")


def photograph_talk(variant: Variant, visitor: VisitorAtHome, helper: HelperAtWork) -> None:
    """Photograph a talk from the queue to its end, on both sides."""
    visitor.enter("chat page")
    visitor.start()
    visitor.expect_to_wait()
    variant.shoot(visitor.page, "queue")
    variant.shoot(helper.page, "console-waiting")
    helper.accept_next()
    visitor.expect_to_talk()
    for speaker, text in TALK:
        one, other = (helper, visitor) if speaker == "helper" else (visitor, helper)
        one.say(text)
        other.expect_to_read(text)
    variant.shoot(visitor.page, "talk")
    variant.shoot(helper.page, "console-talk")


def photograph_trouble(variant: Variant, visitor: VisitorAtHome, helper: HelperAtWork) -> None:
    """Photograph a lost connection, a phone with its keyboard open, the end and its question."""
    visitor.page.context.set_offline(offline=True)
    visitor.say("and now I wonder what happens if I say no")
    expect(visitor.inside.get_by_role("status", name="Connection")).to_be_visible(timeout=40_000)
    variant.shoot(visitor.page, "connection-lost")
    visitor.page.context.set_offline(offline=False)
    helper.expect_to_read("and now I wonder")
    if variant.size == "phone":
        visitor.page.set_viewport_size({"width": 360, "height": 300})
        variant.shoot(visitor.page, "keyboard")
        visitor.page.set_viewport_size(SIZES["phone"])
    visitor.inside.get_by_role("button", name="End conversation").click()
    variant.shoot(visitor.page, "end-question")
    visitor.inside.get_by_role("dialog").get_by_role("button", name="End", exact=True).click()
    expect(visitor.message).to_have_count(0)
    variant.shoot(visitor.page, "ended")
    expect(helper.message).to_have_count(0)
    variant.shoot(helper.page, "console-ended")
    helper.close_talk()


def photograph_loss(variant: Variant, visitor: VisitorAtHome, helper: HelperAtWork) -> None:
    """Photograph a helper who is not there, the queue once more with its reason, and the next helper."""
    visitor.enter("chat page")
    visitor.start()
    helper.accept_next()
    visitor.say("yes, I am alone until four")
    helper.expect_to_read("alone until four")
    console = helper.page.url
    helper.page.goto("about:blank")
    expect(visitor.connection).to_contain_text("connection to your helper", timeout=40_000)
    variant.shoot(visitor.page, "helper-away")
    helper.page.goto(console)
    helper.expect_to_read("alone until four")
    helper.sign_out()
    visitor.expect_to_wait()
    variant.shoot(visitor.page, "queue-again")
    helper.sign_in("professional@example.org")
    helper.become_available()
    helper.accept_next()
    helper.say("Hello. I have read what you wrote.")
    visitor.expect_to_read("I have read")
    variant.shoot(visitor.page, "talk-next-helper")


def photograph_tabs(variant: Variant, visitor: VisitorAtHome, helper: HelperAtWork) -> None:
    """Photograph the older of two tabs of one talk."""
    with visitor.page.expect_popup() as opened:
        visitor.page.evaluate("open(location.href)")
    expect(visitor.page.locator("#chat[data-state=elsewhere]")).to_be_visible()
    variant.shoot(visitor.page, "elsewhere")
    opened.value.close()
    visitor.page.reload()
    visitor.expect_to_read("I have read")
    helper.end()
    expect(visitor.message).to_have_count(0)
    helper.close_talk()


def photograph_exit(variant: Variant, visitor: VisitorAtHome, helper: HelperAtWork) -> None:
    """Photograph what the helper sees when the visitor left quickly."""
    visitor.enter("front page")
    visitor.start()
    helper.accept_next()
    visitor.say("somebody is coming")
    helper.expect_to_read("somebody is coming")
    variant.shoot(visitor.page, "front-page-talk")
    visitor.exit_link.click()
    visitor.expect_to_be_away()
    expect(helper.talk).to_contain_text("left quickly")
    variant.shoot(helper.page, "console-left-quickly")
    helper.close_talk()


def photograph_rare(variant: Variant, visitor: VisitorAtHome, service: Service) -> None:
    """Photograph what most visitors never see. The server's refusals are put into its mouth."""
    page = visitor.page
    page.goto(f"{service.url}/en/chat/")
    page.get_by_role("radio", name="Chat for children and young people").check()
    variant.shoot(page, "notice-young")
    page.route("**/live/open", lambda route: route.fulfill(status=400, json={"error": "malformed"}))
    page.get_by_role("button", name="Start").click()
    variant.shoot(page, "failed")
    page.unroute("**/live/open")
    page.route("**/live/events", lambda route: route.fulfill(status=410, json={"error": "gone"}))
    visitor.enter("chat page")
    with page.expect_response("**/live/open") as answer:
        visitor.start()
    expect(page.locator("#chat[data-state=gone]")).to_be_visible()
    variant.shoot(page, "gone")
    page.unroute("**/live/events")
    # On the server it still waits, and would be the first to be accepted.
    page.request.post(f"{service.url}/live/exit", data=answer.value.json()["exit_grant"])
    page.goto(f"{service.url}/en/nowhere/")
    variant.shoot(page, "not-found")
    old = page.context.new_page()
    old.add_init_script("delete Crypto.prototype.subtle")
    old.goto(f"{service.url}/en/chat/")
    expect(old.locator("#chat[data-state=unsupported]")).to_be_visible()
    variant.shoot(old, "unsupported")
    old.close()


def every_state() -> set[str]:
    """Return the widget's own list of its states."""
    listed = STATES.read_text(encoding="utf-8").partition("[")[2].partition("]")[0]
    return set(re.findall(r'"([a-z]+)"', listed))


def play(variant: Variant, browser: Browser, service: Service, host: Site, neutral: Site) -> None:
    """Play the whole story once."""
    home, work = variant.context(browser), variant.context(browser)
    visitor = VisitorAtHome(home.new_page(), chat=service.url, host=host.url, neutral=neutral.url)
    helper = HelperAtWork(work.new_page(), service.url)
    photograph_doors(variant, visitor, service)
    helper.page.goto(f"{service.url}/en/accounts/login/")
    variant.shoot(helper.page, "sign-in")
    helper.sign_in("professional@example.org")
    variant.shoot(helper.page, "console-off")
    helper.become_available()
    photograph_notice(variant, visitor, service)
    photograph_rare(variant, visitor, service)
    photograph_talk(variant, visitor, helper)
    photograph_trouble(variant, visitor, helper)
    photograph_loss(variant, visitor, helper)
    photograph_tabs(variant, visitor, helper)
    photograph_exit(variant, visitor, helper)
    helper.go_home()
    home.close()
    work.close()


def main() -> int:
    """Play the story in every size and light."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    for old in SCREENS.glob("*.png"):
        old.unlink()
    with stage() as (browser, service, host, neutral):
        for size in SIZES:
            for scheme in ("light", "dark"):
                variant = Variant(size, scheme)
                play(variant, browser, service, host, neutral)
                sys.stdout.write(f"{size} {scheme}: done\n")
    if missing := every_state() - SEEN:
        sys.stderr.write(f"no picture of: {', '.join(sorted(missing))}\n")
        return 1
    sys.stdout.write(f"{len(list(SCREENS.glob('*.png')))} pictures in {SCREENS}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
