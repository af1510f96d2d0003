"""Who may send what: every grant with every command, and the credits."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suoja.lib.codes import ConversationCode, DutyCode, HelperCode, ParticipantCode
from suoja.lib.errors import NotYours, TooFast, Unauthorised, UnsupportedProtocol
from suoja.lib.grants import AnyGrant, ExitGrant, HelperGrant, VisitorGrant
from suoja.live import wire
from suoja.live.operations import ByHelper, ByVisitor
from suoja.live.session import MAY, Bucket, Credits, actor_of, authorise, check, cost_of, key_of, taken
from tests.live.cast import STANDING

TALK, PARTICIPANT, DUTY = ConversationCode("talk"), ParticipantCode("visitor"), DutyCode("duty")
VISITOR = VisitorGrant(TALK, PARTICIPANT, 0)
EXIT = ExitGrant(TALK, PARTICIPANT, 0)
HELPER = HelperGrant(DUTY, HelperCode("helper"), STANDING, 0)

VISITORS_MAY = {"open", "resume", "events", "read", "here", "say", "key", "typing", "end"}
HELPERS_MAY = {
    *("open", "events", "read", "here", "say", "typing", "end"),
    *("on-duty", "available", "accept", "park", "close", "off-duty"),
}
ALLOWED: list[tuple[AnyGrant | None, set[str]]] = [
    (VISITOR, VISITORS_MAY),
    (HELPER, HELPERS_MAY),
    (EXIT, {"open"}),
    (None, {"open"}),
]


@pytest.mark.safety(38)
@pytest.mark.parametrize(("name", "row"), list(itertools.product(wire.COMMANDS, ALLOWED)))
def test_each_grant_opens_its_own_commands_alone(name: str, row: tuple[AnyGrant | None, set[str]]) -> None:
    grant, allowed = row
    if name in allowed:
        authorise(name, grant)
    else:
        with pytest.raises(Unauthorised if grant is None else NotYours):
            authorise(name, grant)


def test_every_command_has_a_row_in_the_table() -> None:
    assert set(MAY) == set(wire.COMMANDS)


@pytest.mark.safety(38)
def test_a_visitors_grant_reaches_its_own_conversation_alone() -> None:
    check(wire.End("talk", epoch=1), VISITOR)
    with pytest.raises(NotYours):
        check(wire.End("another", epoch=1), VISITOR)


def test_another_version_of_the_wire_is_refused() -> None:
    check(wire.Events(epoch=1, protocol=wire.PROTOCOL), VISITOR)
    with pytest.raises(UnsupportedProtocol):
        check(wire.Events(epoch=1, protocol=wire.PROTOCOL + 1), VISITOR)


def test_a_grant_proves_its_bearer_and_the_body_says_which_page() -> None:
    assert actor_of(VISITOR, 3) == ByVisitor(PARTICIPANT, 3)
    assert actor_of(HELPER, 4) == ByHelper(DUTY, 4)


def test_whoever_has_a_seat_says_from_which_page() -> None:
    without = {name for name, kind in wire.COMMANDS.items() if not issubclass(kind, wire.Seated)}
    assert without == {"open", "resume", "on-duty"}


def test_each_message_costs_a_credit() -> None:
    messages = (wire.Message("a", "x"), wire.Message("b", "y"))
    assert cost_of(wire.Say("talk", messages, epoch=1)) == 2
    assert cost_of(wire.End("talk", epoch=1)) == 1


def test_all_grants_of_a_duty_share_their_credits() -> None:
    assert key_of(HELPER) == DUTY
    assert key_of(VISITOR) == PARTICIPANT


def test_a_burst_is_taken_and_grows_back() -> None:
    credits_ = Credits(burst=3, per_second=1)
    for _ in range(3):
        credits_.take("one", 1, now=0)
    with pytest.raises(TooFast):
        credits_.take("one", 1, now=0.5)
    credits_.take("one", 1, now=1)


@pytest.mark.safety(38)
def test_one_who_floods_takes_nothing_from_the_others() -> None:
    credits_ = Credits(burst=1, per_second=1)
    credits_.take("one", 1, now=0)
    with pytest.raises(TooFast):
        credits_.take("one", 1, now=0)
    credits_.take("another", 1, now=0)


def test_full_buckets_are_forgotten() -> None:
    credits_ = Credits(burst=2, per_second=1)
    for index in range(100):
        credits_.take(str(index), 1, now=0)
    credits_.take("last", 1, now=10)
    assert len(credits_._buckets) == 1


@given(st.lists(st.floats(0, 3), max_size=60))
def test_no_rhythm_gets_more_than_burst_and_rate(pauses: list[float]) -> None:
    bucket: Bucket | None = None
    now, passed = 0.0, 0
    for pause in pauses:
        now += pause
        try:
            bucket = taken(bucket, 1, now, burst=5, per_second=2)
        except TooFast:
            continue
        passed += 1
    assert passed <= 5 + 2 * now + 1e-6
