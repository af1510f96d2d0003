"""What a signed-in session keeps beside the sign-in: the random code of its duty, which the console makes."""

from django.contrib.sessions.backends.base import SessionBase

from suoja.lib.codes import DutyCode
from suoja.live import doorway

DUTY = "duty"
"""Under this key."""


def end_duty_of(session: SessionBase) -> None:
    """End the session's duty, if it has one, and let go of its code: a code is never used for a second duty.

    Revoked before it is let go of: what nobody knows the name of could be ended by nobody.
    """
    duty = session.get(DUTY)
    if isinstance(duty, str):
        doorway.revoke(DutyCode(duty))
    session.pop(DUTY, None)
