"""The duty of a signed-in session: one random code, made once, gone with the session.

The code names the duty to the live core and, in the browser, the key pair that belongs to it. It says nothing about
whose duty it is; the signed grant does. Signing out ends it (suoja/people/sessions.py).
"""

from django.contrib.sessions.backends.base import SessionBase

from suoja.lib.codes import DutyCode, new_code
from suoja.people.sessions import DUTY

CAPACITY = 1
"""How many conversations a helper holds at once: one, until a chat coordinator can decide otherwise.  # M13"""


def duty_of_session(session: SessionBase) -> DutyCode:
    """Return the session's duty code; the first call of a session makes it."""
    code = session.get(DUTY)
    if not isinstance(code, str):
        code = session[DUTY] = new_code()
    return DutyCode(code)
