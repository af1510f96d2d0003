"""Grants: what is signed is what is read, and nothing else is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suoja.lib.codes import ConversationCode, DutyCode, HelperCode, LineCode, ParticipantCode
from suoja.lib.errors import Unauthorised
from suoja.lib.grants import AnyGrant, ExitGrant, GrantSigner, HelperGrant, Standing, VisitorGrant

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
EXPIRES = int((NOW + timedelta(minutes=5)).timestamp())
SIGNER = GrantSigner("a secret that only the tests know")

VISITOR = VisitorGrant(ConversationCode("conversation"), ParticipantCode("visitor"), EXPIRES)
EXIT = ExitGrant(ConversationCode("conversation"), ParticipantCode("visitor"), EXPIRES)
HELPER = HelperGrant(
    DutyCode("duty"),
    HelperCode("helper"),
    Standing(
        "professional",
        (LineCode("adults"),),
        ("fi", "sv"),
        {"fi": "Ammattilainen Kaisa", "sv": "Yrkesperson Kaisa", "en": "Professional Kaisa"},
        1,
    ),
    EXPIRES,
)


@pytest.mark.parametrize("grant", [VISITOR, EXIT, HELPER])
def test_a_grant_is_read_as_it_was_signed(grant: AnyGrant) -> None:
    assert SIGNER.read(SIGNER.sign(grant), NOW) == grant


@pytest.mark.parametrize("grant", [VISITOR, EXIT, HELPER])
def test_a_grant_ends_at_its_instant(grant: AnyGrant) -> None:
    token = SIGNER.sign(grant)
    assert SIGNER.read(token, NOW + timedelta(minutes=5) - timedelta(seconds=1)) == grant
    with pytest.raises(Unauthorised):
        SIGNER.read(token, NOW + timedelta(minutes=5))


def test_a_grant_of_another_secret_is_refused() -> None:
    with pytest.raises(Unauthorised):
        GrantSigner("another secret").read(SIGNER.sign(VISITOR), NOW)


def test_an_exit_grant_never_passes_for_a_visitor_grant() -> None:
    assert not isinstance(SIGNER.read(SIGNER.sign(EXIT), NOW), VisitorGrant)


@given(st.data())
def test_a_changed_grant_is_refused(data: st.DataObject) -> None:
    token = SIGNER.sign(VISITOR)
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda character: character != token[place]))
    with pytest.raises(Unauthorised):
        SIGNER.read(token[:place] + other + token[place + 1 :], NOW)


@given(st.text(max_size=3000))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(Unauthorised):
        SIGNER.read(text, NOW)
