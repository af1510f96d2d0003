"""The first story: from the closed doors over a talk and its troubles to the quick exit."""

from playwright.sync_api import expect

from tests.journeys.helper import HelperAtWork
from tests.journeys.service import Service
from tests.journeys.visitor import VisitorAtHome
from tests.screens.stage import PATIENCE_MS, SIZES, TALK, Stage, Variant


def play_talks(variant: Variant, stage: Stage) -> None:
    """Play the first story once: from the closed doors to the quick exit."""
    home, work = variant.context(stage.browser), variant.context(stage.browser)
    service = stage.service
    visitor, helper = stage.visitor(home), HelperAtWork(work.new_page(), service.url)
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
    expect(visitor.inside.get_by_role("status", name="Connection")).to_be_visible(timeout=PATIENCE_MS)
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
    expect(visitor.connection).to_contain_text("connection to your helper", timeout=PATIENCE_MS)
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
