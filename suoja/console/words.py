"""The words that console.js shows; the script has none of its own.

Keys are the script's (`frontend/src/console/words.ts`); a test compares the two. `{name}` stands for what the script
fills in.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise | str] = {
    # The bar
    "connected": _("Connected"),
    "connecting": _("Connecting"),
    "connection_lost": _("Connection lost. We are trying again. Your text is safe."),
    "off_duty": _("Not on duty"),
    "yes": _("yes"),
    "no": _("no"),
    # Who waits
    "waited": _("{minutes} min"),
    "waited_below_a_minute": _("under 1 min"),
    "writes_in_sv": _("writes in Swedish"),
    "writes_in_en": _("writes in English"),
    "wants_professional": _("would rather talk with a professional"),
    "accept_next": _("Accept next"),
    "nobody_waits": _("Nobody is waiting."),
    "no_connection": _("No connection just now."),
    "not_available": _("Switch on Available to accept."),
    "one_at_a_time": _("You have a conversation. One at a time."),
    "only_for_professionals": _("Those who wait would rather talk with a professional."),
    # A conversation
    "conversation_number": _("Conversation {number}"),
    "lasted": _("{minutes} min"),
    "visitor": _("Visitor"),
    "visitor_writes": _("The visitor is writing"),
    "keys": _("Enter sends. Shift and Enter make a new line."),
    "waiting_for_key": _("Waiting for the visitor's browser to open the conversation. You can write then."),
    "visitor_silent": _(
        "The visitor's browser does not answer. They may have left. You can end this and take the next one."
    ),
    "joined": _("You answered. The visitor sees that you are here."),
    "end_conversation": _("End conversation"),
    "end_question": _("End the conversation?"),
    "end_means": _("After this neither of you can write here. Nothing of it stays on the server."),
    "end": _("End"),
    "go_on": _("Go on writing"),
    "ending": _("The conversation is ending."),
    "visitor_ended": _("The visitor ended the conversation."),
    "helper_ended": _("You ended the conversation."),
    "left_quickly": _("The visitor left quickly. You can't write any more."),
    "ended_by_service": _("The service ended the conversation."),
    "over": _("The conversation is over."),
    "stays_until_close": _(
        "You can read the conversation here until you close it, at most for an hour. It is no longer on the server."
    ),
    "nothing_left": _("There is nothing left to read."),
    "close": _("Close"),
    # What did not work
    "did_not_work": _("That did not work. Nothing was lost. You can try again."),
    "too_fast": _("The server asks for a short break. You can try again."),
    "nobody_waiting": _("Somebody else answered first. Nobody is waiting any more."),
    "at_capacity": _("You already have a conversation."),
    "not_on_duty": _("You are not available, so nobody was accepted."),
    "duty_over": _("Your duty ended while the connection was away. You can begin again."),
    # Signing out
    "sign_out_question": _("Sign out in the middle of a conversation?"),
    "sign_out_means": _("The conversation ends for the visitor too. End it together first, if you can."),
    "sign_out": _("Sign out"),
    "stay": _("Stay"),
    # The conversation itself: what visitors' and helpers' pages share
    "log_name": _("Conversation"),
    "you": _("You"),
    "message": _("Message"),
    "send": _("Send"),
    "sending": _("Sending"),
    "sent": _("Sent"),
    "not_sent": _("Not sent yet. We are trying again; your text is safe."),
    "failed": _("Not sent. The conversation had ended."),
    "new_messages": _("New messages"),
    "unreadable": _("This message can't be opened in this browser."),
    "missing": _("A message is missing here."),
}
