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
    "elsewhere": _("Open elsewhere"),
    "yes": _("yes"),
    "no": _("no"),
    # Who waits
    "waited": _("{minutes} min"),
    "waited_below_a_minute": _("under 1 min"),
    "writes_in_sv": _("writes in Swedish"),
    "writes_in_en": _("writes in English"),
    "wants_professional": _("would rather talk with a professional"),
    "place_kept": _("place kept"),
    "of_them_away": _("{away} away"),
    "accept_next": _("Accept next"),
    "nobody_waits": _("Nobody is waiting."),
    "nobody_present": _("Those who wait are away just now. They keep their places."),
    "no_connection": _("No connection just now."),
    "not_available": _("Switch on Available to accept."),
    "one_at_a_time": _("You have a conversation. One at a time."),
    "only_for_professionals": _("Those who wait would rather talk with a professional."),
    # Where the visitor is. Silence is not absence, and absence says nothing about anybody.
    "presence_here": _("here"),
    "presence_hidden": _("in the background"),
    "presence_unreachable": _("no connection"),
    "presence_left": _("left the page"),
    "presence_unknown": _("not known just now"),
    "presence_back": _("here again"),
    "back_after": _("Back after {minutes} min. Check who you talk to."),
    "repeat_nothing": _("Repeat nothing that was said before."),
    "safety_question": _("Safety question"),
    # Putting a conversation aside
    "may_put_aside": _("The visitor has been away for long. You can wait, put the conversation aside or end it."),
    "put_aside": _("Put aside"),
    "put_aside_question": _("Put the conversation aside?"),
    "put_aside_means": _(
        "The visitor comes first in the queue when they return. Whoever takes them can read what was written."
    ),
    "go_on_waiting": _("Go on waiting"),
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
    "joined_after": _("{name} was answering here. Then the visitor was put first in the queue."),
    "sealing_again": _("This browser has a new key. The visitor's browser opens the conversation for it again."),
    "end_conversation": _("End conversation"),
    "end_question": _("End the conversation?"),
    "end_means": _("After this neither of you can write here. Nothing of it stays on the server."),
    "end": _("End"),
    "go_on": _("Go on writing"),
    "visitor_ended": _("The visitor ended the conversation."),
    "helper_ended": _("You ended the conversation."),
    "left_quickly": _("The visitor left quickly. You can't write any more."),
    "visitor_lost": _("The visitor was away for too long, so the service ended the conversation."),
    "ended_by_service": _("The service ended the conversation."),
    "parked": _("You put the conversation aside. The visitor comes first in the queue."),
    "helper_lost": _(
        "Your connection was lost for too long, or your duty ended. The visitor was put first in the queue."
    ),
    "duty_lost": _("Your duty ended. If the visitor was still there, they are now first in the queue."),
    "over": _("The conversation is over."),
    "stays_until_close": _(
        "You can read the conversation here until you close it, at most for an hour. It is no longer on the server."
    ),
    "stays_here_until_close": _("You can read here what was written until you close it, at most for an hour."),
    "nothing_left": _("There is nothing left to read."),
    "close": _("Close"),
    # What did not work
    "did_not_work": _("That did not work. Nothing was lost. You can try again."),
    "too_fast": _("The server asks for a short break. You can try again."),
    "nobody_waiting": _("Nobody who is here waits any more. Somebody else may have answered first."),
    "at_capacity": _("You already have a conversation, in another browser or on another device. End it there first."),
    "visitor_present": _("The visitor is back, or has not been away for long. Nothing was put aside."),
    "not_on_duty": _("You are not available, so nobody was accepted."),
    "duty_over": _("Your duty ended while the connection was away. You can begin again."),
    # Signing out
    "sign_out_question": _("Sign out in the middle of a conversation?"),
    "sign_out_means": _(
        "The visitor comes first in the queue and somebody else goes on, who can read what was written. "
        "End it together first, if you can."
    ),
    "sign_out_elsewhere_question": _("Sign out in the other tab too?"),
    "sign_out_elsewhere_means": _(
        "Your duty ends. If a conversation is open there, its visitor comes first in the queue."
    ),
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
    "failed": _("Not sent. It can't be sent any more."),
    "new_messages": _("New messages"),
    "unreadable": _("This message can't be opened in this browser."),
    "missing": _("A message is missing here."),
}
