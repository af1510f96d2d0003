"""What Django may ask for in the name of a signed-in helper. It writes nothing: only the live core writes talks."""

from datetime import datetime, timedelta

from django.conf import settings
from msgspec import Struct

from suoja.lib.codes import DutyCode, HelperCode
from suoja.lib.grants import GrantSigner, HelperGrant, Standing

GRANT_LASTS = timedelta(minutes=5)
"""Short, because a grant outlives the session that it was given in by at most this; the console renews it at four."""


class Grant(Struct, frozen=True):
    """A signed grant, and when it expires in seconds since 1970."""

    grant: str
    expires: int


def give_duty_grant(*, helper_code: HelperCode, standing: Standing, duty: DutyCode, now: datetime) -> Grant:
    """Return a grant for one helper's duty. The caller has proven who the helper is and what they may answer."""
    expires = int((now + GRANT_LASTS).timestamp())
    return Grant(grant_signer().sign(HelperGrant(duty, helper_code, standing, expires)), expires)


def grant_signer() -> GrantSigner:
    """Return the signer under the service's secret: the same one in Django and in the live core."""
    return GrantSigner(settings.SUOJA_GRANT_SECRET)
