"""The second story: people who lose their connection, and come back or don't. The program's patience is short."""

from playwright.sync_api import expect

from tests.journeys.helper import HelperAtWork
from tests.journeys.visitor import VisitorAtHome
from tests.screens.stage import PATIENCE_MS, TALK, Stage, Variant

# Minutes of patience become seconds, long enough for a browser on a slow machine to answer in between.
LIMITS = {
    "heartbeat_active": 1,
    "heartbeat_waiting": 1,
    "answer_within": 2,
    "gone_after": 2,
    "left_after": 2,
    "back_after": 2,
    "park_after": 5,
    "helper_lost_after": 12,
    "lease_lasts": 12,
    "absence_limit": 20,
    "sweep_every": 0.5,
}


def play_absences(variant: Variant, stage: Stage) -> None:
    """Play the second story once: people who lose their connection, and come back or don't."""
    home, home_of_another, work = (variant.context(stage.browser) for _ in range(3))
    visitor, another = stage.visitor(home), stage.visitor(home_of_another)
    helper = HelperAtWork(work.new_page(), stage.service.url)
    helper.sign_in("professional@example.org")
    helper.become_available()
    photograph_absence(variant, visitor, helper)
    photograph_parking(variant, visitor, helper, another)
    photograph_consoles(variant, visitor, helper, another)
    photograph_end_by_absence(variant, visitor, helper)
    helper.go_home()
    for context in (home, home_of_another, work):
        context.close()


def photograph_absence(variant: Variant, visitor: VisitorAtHome, helper: HelperAtWork) -> None:
    """Photograph a visitor whose connection is lost, and who is back: the helper is offered the safety question."""
    visitor.enter("chat page")
    visitor.start()
    helper.accept_next()
    for speaker, text in TALK:
        one, other = (helper, visitor) if speaker == "helper" else (visitor, helper)
        one.say(text)
        other.expect_to_read(text)
    visitor.page.context.set_offline(offline=True)
    expect(helper.presence).to_have_attribute("data-presence", "unreachable", timeout=PATIENCE_MS)
    variant.shoot(helper.page, "console-no-connection")
    helper.page.wait_for_timeout(2_500)
    visitor.page.context.set_offline(offline=False)
    question = helper.talk.get_by_role("button", name="Safety question")
    expect(question).to_be_visible(timeout=PATIENCE_MS)
    variant.shoot(helper.page, "console-back")
    question.click()
    variant.shoot(helper.page, "console-safety-question")
    helper.talk.get_by_role("button", name="Send").click()
    visitor.expect_to_read("One word is enough")


def photograph_parking(variant: Variant, visitor: VisitorAtHome, helper: HelperAtWork, another: VisitorAtHome) -> None:
    """Photograph a talk put aside, its visitor in the list of those who wait, and what they see when they are back."""
    another.enter("chat page")
    another.start()
    another.expect_to_wait()
    visitor.page.context.set_offline(offline=True)
    put_aside = helper.talk.get_by_role("button", name="Put aside")
    expect(put_aside).to_be_visible(timeout=PATIENCE_MS)
    variant.shoot(helper.page, "console-away-for-long")
    put_aside.click()
    variant.shoot(helper.page, "console-put-aside-question")
    helper.page.get_by_role("dialog").get_by_role("button", name="Put aside").click()
    expect(helper.talk).to_contain_text("You put the conversation aside")
    variant.shoot(helper.page, "console-put-aside")
    helper.close_talk()
    expect(helper.waiting()).to_contain_text("place kept")
    variant.shoot(helper.page, "console-waiting-away")
    visitor.page.context.set_offline(offline=False)
    expect(visitor.inside.get_by_text("You were away for a long time")).to_be_visible(timeout=PATIENCE_MS)
    variant.shoot(visitor.page, "queue-after-absence")
    expect(helper.waiting()).not_to_contain_text("place kept", timeout=PATIENCE_MS)


def photograph_consoles(variant: Variant, visitor: VisitorAtHome, helper: HelperAtWork, another: VisitorAtHome) -> None:
    """Photograph the older of two consoles, and one whose connection was lost for too long."""
    helper.accept_next()
    newer = helper.page.context.new_page()
    newer.goto(helper.page.url)
    expect(helper.page.get_by_role("button", name="Continue here")).to_be_visible()
    variant.shoot(helper.page, "console-elsewhere")
    helper.page.close()
    helper.page = newer
    helper.expect_to_read(TALK[0][1])
    newer.context.set_offline(offline=True)
    expect(helper.page.get_by_role("status", name="Connection")).to_contain_text("lost", timeout=PATIENCE_MS)
    variant.shoot(helper.page, "console-connection-lost")
    expect(visitor.inside.get_by_role("status", name="Queue")).to_be_visible(timeout=PATIENCE_MS)
    newer.context.set_offline(offline=False)
    expect(helper.talk).to_contain_text("first in the queue", timeout=PATIENCE_MS)
    variant.shoot(helper.page, "console-duty-lost")
    for waiting in (visitor, another):
        waiting.go_away()


def photograph_end_by_absence(variant: Variant, visitor: VisitorAtHome, helper: HelperAtWork) -> None:
    """Photograph both sides of a talk that ended because its visitor was away for too long."""
    helper.page.get_by_role("button", name="Begin again").click()
    helper.become_available()
    visitor.enter("chat page")
    visitor.start()
    helper.accept_next()
    visitor.say(TALK[1][1])
    helper.expect_to_read(TALK[1][1])
    visitor.page.context.set_offline(offline=True)
    expect(helper.message).to_have_count(0, timeout=PATIENCE_MS)
    # Back in time to fetch what is left, and to be told how it ended.
    visitor.page.context.set_offline(offline=False)
    expect(visitor.inside.get_by_text("lost for so long")).to_be_visible(timeout=PATIENCE_MS)
    variant.shoot(visitor.page, "ended-by-absence")
    expect(helper.talk).to_contain_text("away for too long", timeout=PATIENCE_MS)
    variant.shoot(helper.page, "console-visitor-lost")
    helper.close_talk()
