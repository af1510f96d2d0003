"""The grant that the console's session gives."""

from datetime import UTC, datetime, timedelta

import pytest

from suoja.conversations.actions import give_duty_grant, grant_signer
from suoja.lib.codes import DutyCode, HelperCode, LineCode
from suoja.lib.errors import Unauthorised
from suoja.lib.grants import HelperGrant, Standing

NOW = datetime(2024, 6, 19, 9, 0, tzinfo=UTC)
STANDING = Standing("peer", (LineCode("adults"),), ("fi", "en"), {"fi": "Chatvertainen Aino"}, 1)


def test_a_grant_says_who_the_helper_is_and_nothing_of_the_account() -> None:
    given = give_duty_grant(helper_code=HelperCode("helper"), standing=STANDING, duty=DutyCode("duty"), now=NOW)
    expected = HelperGrant(DutyCode("duty"), HelperCode("helper"), STANDING, given.expires)
    assert grant_signer().read(given.grant, NOW) == expected


@pytest.mark.safety(38)
def test_a_grant_lasts_five_minutes() -> None:
    given = give_duty_grant(helper_code=HelperCode("helper"), standing=STANDING, duty=DutyCode("duty"), now=NOW)
    grant_signer().read(given.grant, NOW + timedelta(seconds=299))
    with pytest.raises(Unauthorised):
        grant_signer().read(given.grant, NOW + timedelta(seconds=300))
