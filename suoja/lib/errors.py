"""The one error tree: each error has a machine code for programs and an HTTP status.

A name finishes a sentence ("the line is closed": `LineClosed`). The text of an error is for logs and tests; it
never holds an address, a name, a token or a word of a conversation. What each code means to a browser is listed in
docs/live-protocol.md.
"""

from typing import ClassVar


class SuojaError(Exception):
    """Anything that a request can get wrong. `code` and `status` are what the outside sees."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500


# --- the request itself ---------------------------------------------------------------------------------------------


class Malformed(SuojaError):
    """The body is not JSON of the command's form, a field is larger than it may be, or the body broke off."""

    code, status = "malformed", 400


class UnsupportedProtocol(SuojaError):
    """The browser speaks a version of the wire that is no longer (or not yet) served."""

    code, status = "unsupported_protocol", 400


class UnknownCommand(SuojaError):
    """There is no such address under /live/."""

    code, status = "unknown_command", 404


class WrongMethod(SuojaError):
    """Commands are POST requests."""

    code, status = "wrong_method", 405


class TooLarge(SuojaError):
    """The body is larger than a request may be (8 KiB)."""

    code, status = "too_large", 413


class TooFast(SuojaError):
    """The grant has used up its credits for now; the same request may be sent again a little later."""

    code, status = "too_fast", 429


# --- who asks -------------------------------------------------------------------------------------------------------


class Unauthorised(SuojaError):
    """No grant, a forged one, one that has expired or one that was revoked."""

    code, status = "unauthorised", 401


class ForeignOrigin(SuojaError):
    """The request comes from a page of another origin."""

    code, status = "foreign_origin", 403


class NotYours(SuojaError):
    """The grant is real and does not reach this conversation, this line or this command."""

    code, status = "not_yours", 403


class NotForPeers(SuojaError):
    """A peer never answers on this line or this visitor (M22)."""

    code, status = "not_for_peers", 403


# --- the state of things --------------------------------------------------------------------------------------------


class UnknownLine(SuojaError):
    """There is no line with this code."""

    code, status = "unknown_line", 404


class LineClosed(SuojaError):
    """A visitor can't enter the queue now. `reason` is one of the reasons of /api/lines/."""

    code, status = "line_closed", 409

    def __init__(self, reason: str) -> None:
        """Keep the reason: the widget shows it."""
        super().__init__(reason)
        self.reason = reason


class NobodyWaiting(SuojaError):
    """There was nobody (left) to accept."""

    code, status = "nobody_waiting", 409


class NotOnDuty(SuojaError):
    """The helper's duty is not open, or not available."""

    code, status = "not_on_duty", 409


class AtCapacity(SuojaError):
    """The helper already has as many conversations as they may have at once (M13)."""

    code, status = "at_capacity", 409


class Superseded(SuojaError):
    """A newer page has taken up this seat: the older one is heard no more."""

    code, status = "superseded", 409


class VisitorPresent(SuojaError):
    """The visitor has not been away for long enough to be parked."""

    code, status = "visitor_present", 409


class OutOfState(SuojaError):
    """The conversation is in a state in which this can't be done: nothing can be said after the end."""

    code, status = "out_of_state", 409


class MessageDiffers(SuojaError):
    """This message id, or the key that answers this event, was already taken with other bytes."""

    code, status = "message_differs", 409


class LogFull(SuojaError):
    """The conversation has as many entries as one may have. It can be ended, and another begun."""

    code, status = "log_full", 409


class ConversationGone(SuojaError):
    """The conversation has ended and nothing of it is left."""

    code, status = "gone", 410


class Unavailable(SuojaError):
    """The server can't commit just now. Nothing was acknowledged; the same request may be sent again."""

    code, status = "unavailable", 503
