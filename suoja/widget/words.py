"""The words that widget.js shows; the script has none of its own.

Keys are the script's (`frontend/src/widget/words.ts` and `frontend/src/ui/words.ts`); a test compares them. `{name}`
stands for what the script fills in; words between stars stand out. Keys that end in `_young` are the children's line's:
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
    "which_line": _("Which chat would you like?"),
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
    "notice_1": _(
        "Here you can write about violence, or the fear of it, without giving your name. "
        "Your helper uses another name too. It is free."
    ),
    "notice_1_young": _(
        "Hi! You can write here if home feels scary or someone hurts you. You need not tell your name."
    ),
    "notice_2": _(
        "*Exit this page* takes you to another page at once. Your browser's history still shows the visit. "
        "Clearing the whole history can raise questions."
    ),
    "notice_2_young": _("If someone comes, press *Exit this page*. The visit still shows in the history."),
    "notice_3": _(
        "A professional or a trained volunteer answers you. A volunteer's name always says "
        "*peer supporter (chatvertainen)*."
    ),
    "notice_3_young": _("An adult answers you. Helping is their work. You can stop at any time. Nobody gets angry."),
    "notice_4": _("The conversation is confidential. If the law obliges us to contact the authorities, we tell you."),
    "notice_4_young": _(
        "We do not tell others what you write. But if you are in danger, we have to get help. We will tell you so."
    ),
    "notice_5": _(
        "Your IP address is not kept. Only your helper can see it. It does not tell us who or where you are. "
        "In an emergency the police can find out."
    ),
    "notice_5_young": _(
        "Your IP address is not kept. Only your helper can see it. It does not say who or where you are. "
        "If you are in danger, the police can find out."
    ),
    "want_professional": _("I'd rather talk with a professional"),
    "emergency": _("In an emergency, call 112."),
    "start": _("Start"),
    "starting": _("Starting."),
    "choose_first": _("First choose which chat you would like."),
    "no_connection": _("There is no connection right now. You can try again."),
    "just_closed": _("The chat was closed just now."),
    # Closed
    "closed_title": _("The chat is closed right now."),
    "closed_nobody": _("Nobody is on duty right now."),
    "closed_many": _("So many people are here right now that we cannot take more into the queue."),
    "closed_hint": _("You can leave this page open. When we can answer, you can start here."),
    "other_help": _("Other help"),
    # The queue
    "help_while_waiting": _("Other help while you wait"),
    "queue_name": _("Queue"),
    "queue_title": _("You are in the queue."),
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
    "leave_queue": _("Leave the queue"),
    # The talk
    "joined": _("{name} joined at {time}."),
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
    # After it
    "ended_by_visitor": _("You ended the conversation."),
    "ended_by_helper": _("Your helper ended the conversation."),
    "ended_by_service": _("The conversation has ended."),
    "ended_kept": _(
        "Nothing of it is kept with us. You can read it here until you close it or leave the page, "
        "for 15 minutes at most."
    ),
    "close": _("Close"),
    "gone_title": _("The conversation has ended."),
    "gone_text": _("Nothing of it is left here or with us. You can start a new conversation when the chat is open."),
    "failed_title": _("The chat does not work right now."),
    "failed_text": _("This is our fault, not yours. You can try again or contact other help."),
    "try_again": _("Try again"),
    "unsupported_title": _("The chat does not work in this browser."),
    "unsupported_text": _("The chat needs a newer browser or a secure page. You can also call."),
    "full_page": _("Open the chat on its own page"),
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
