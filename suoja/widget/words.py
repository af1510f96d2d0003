"""The words of the chat that the page does not hold ready in its templates; the script has none of its own.

Keys are the script's (`frontend/src/widget/words.ts` and `frontend/src/ui/words.ts`); a test compares them. `{name}`
stands for what the script fills in. Keys that end in `_young` are the children's line's:
simple and informal. The tone and the words to avoid: docs/develop/language.md.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS: dict[str, Promise | str] = {
    "chat": _("Chat"),
    # The way out, on a page of our own
    "exit_cover": _("Loading"),
    "exit_two": _("Press Shift twice more to leave this page."),
    "exit_one": _("Press Shift once more to leave this page."),
    "exit_late": _("Time ran out. You are still on this page."),
    # Before the talk: six short lines at most
    "open_now": _("Open now."),
    "not_open": _("Closed now."),
    "nobody_on_duty": _("Nobody is on duty right now."),
    "many_now": _("Many people are here right now."),
    # "{languages}" is a list of the three, with commas and "and" between them
    "answered_in": _("Right now we answer in {languages}."),
    "in_fi": pgettext_lazy("answering in", "Finnish"),
    "in_sv": pgettext_lazy("answering in", "Swedish"),
    "in_en": pgettext_lazy("answering in", "English"),
    "and": pgettext_lazy("between the last two of a list", "and"),
    "starting": _("Starting."),
    "choose_first": _("First choose which chat you would like."),
    "no_connection": _("There is no connection right now. You can try again."),
    "just_closed": _("The chat was closed just now."),
    # The queue
    "queue_1": _("You are first in the queue."),
    "queue_2": _("You are second in the queue."),
    "queue_3": _("You are third in the queue."),
    "queue_n": _("You are number {place} in the queue."),
    "queue_kept": _("Your place is kept if the connection drops."),
    "queue_kept_young": _("You can wait here. Your place is kept."),
    "ahead_0": _("Nobody is before you."),
    "ahead_1": _("One person is before you."),
    "ahead_n": _("{ahead} people are before you."),
    "your_pane": _("The lit window is your place."),
    # The queue once more, after a talk
    "requeued_helper_lost": _(
        "The connection to your helper was lost. You are at the front of the queue now. "
        "What you wrote is kept, and your next helper can read it."
    ),
    "requeued_helper_lost_young": _(
        "The connection to your helper was lost. It is not your fault. You are at the front of the queue now. "
        "Your next helper can read what you wrote."
    ),
    "requeued_parked": _(
        "You were away for a long time. You are at the front of the queue now. "
        "What you wrote is kept, and your next helper can read it."
    ),
    "requeued_parked_young": _(
        "You were away for a long time. Nobody is angry. You are at the front of the queue now. "
        "Your next helper can read what you wrote."
    ),
    # The talk
    "joined": _("{name} joined at {time}."),
    "reads_on": _("{name} can read what was written before."),
    "returned": _("{name} is back."),
    "own_pace": _("Write at your own pace. You need not explain a pause."),
    "own_pace_young": _("Write any way you can. Mistakes do not matter."),
    "end_conversation": _("End conversation"),
    "end_title": _("End the conversation?"),
    "end_text": _("Nothing of it is kept with us. You can come back any time the chat is open."),
    "end_text_young": _("You can stop at any time. Nobody gets angry. You can come back another day."),
    "end_yes": _("End"),
    "end_no": _("Go on writing"),
    "typing": _("{name} is writing"),
    "helper": _("Your helper"),
    "connection_name": _("Connection"),
    "connection_lost": _("The connection was lost. We are trying again. You can go on writing."),
    "connection_back": _("The connection is back."),
    "helper_away": _(
        "The connection to your helper was lost. You need not do anything. "
        "If it does not come back, you come first in the queue."
    ),
    "helper_away_young": _(
        "The connection to your helper was lost. Just wait here. If it does not come back, you come first in the queue."
    ),
    # After it
    "ended_by_visitor": _("You ended the conversation."),
    "ended_by_helper": _("Your helper ended the conversation."),
    "ended_by_service": _("The service had to end the conversation. It is not because of you."),
    "ended_by_absence": _("Your connection was lost for so long that the conversation was ended."),
    "ended_by_absence_young": _("Your connection was lost for so long that the conversation ended. Nobody is angry."),
    "close": _("Close"),
    "begin_again": _("Back to the beginning"),
    # The conversation itself: what visitors' and helpers' pages share
    "log_name": _("Conversation"),
    "you": _("You"),
    "message": _("Message"),
    "send": _("Send"),
    "sending": _("Sending"),
    "sent": _("Sent"),
    "not_sent": _("This message has not been sent yet. We are trying again; your text is safe."),
    "failed": _("This message was not sent."),
    "new_messages": _("New messages"),
    "unreadable": _("This message can't be opened in this browser."),
    "missing": _("A message is missing here."),
}

# Before the talk: five short lines, and 112 beside them. Words between stars stand out.
NOTICE: tuple[Promise | str, ...] = (
    _(
        "Here you can write about violence, or the fear of it, without giving your name. "
        "Your helper uses another name too. It is free."
    ),
    _(
        "*Exit this page* takes you to another page at once. Your browser's history still shows the visit. "
        "Clearing the whole history can raise questions."
    ),
    _(
        "A professional or a trained volunteer answers you. A volunteer's name always says "
        "*peer supporter (chatvertainen)*."
    ),
    _("The conversation is confidential. If the law obliges us to contact the authorities, we tell you."),
    _(
        "Your IP address is not kept. Only your helper can see it. It does not tell us who or where you are. "
        "In an emergency the police can find out."
    ),
)
NOTICE_YOUNG: tuple[Promise | str, ...] = (
    _("Hi! You can write here if home feels scary or someone hurts you. You need not tell your name."),
    _("If someone comes, press *Exit this page*. The visit still shows in the history."),
    _("An adult answers you. Helping is their work. You can stop at any time. Nobody gets angry."),
    _("We do not tell others what you write. But if you are in danger, we have to get help. We will tell you so."),
    _(
        "Your IP address is not kept. Only your helper can see it. It does not say who or where you are. "
        "If you are in danger, the police can find out."
    ),
)
