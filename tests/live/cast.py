"""A fixed cast for the journal's tests, and the operations by which they act. Time stands still at NOW."""

import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from msgspec.structs import replace

from suoja.lib.codes import ConversationCode, DutyCode, HalfKey, HelperCode, LineCode, ParticipantCode
from suoja.lib.grants import Standing
from suoja.live import operations
from suoja.live.journal import Journal, Outcome
from suoja.live.operations import ByHelper, ByVisitor
from suoja.live.records import Conversation
from suoja.live.wire import Message

Answer: TypeAlias = Any
"""What an operation answers: each test says of which type."""

NOW = datetime(2024, 11, 18, 12, tzinfo=UTC)
ADULTS, YOUNG = LineCode("adults"), LineCode("young")
TALK = ConversationCode("talk")
VISITOR = ByVisitor(ParticipantCode("visitor"), 1)
STRANGER = ByVisitor(ParticipantCode("stranger"), 1)
PROFESSIONAL = ByHelper(DutyCode("duty-of-professional"), 1)
PEER = ByHelper(DutyCode("duty-of-peer"), 1)
HELPER = ParticipantCode("helper")
HALF_KEY = HalfKey("h" * 43)
PUBLIC_KEY = "B" * 87
NAMES = {"fi": "Ammattilainen Kaisa", "sv": "Yrkesperson Kaisa", "en": "Professional Kaisa"}


STANDING = Standing("professional", (ADULTS, YOUNG), ("fi", "sv"), NAMES, 1)


def standing_in(values: dict[str, Any]) -> Standing:
    """Take what belongs to a standing out of some values; the rest of it is that of the professional."""
    return replace(STANDING, **{name: values.pop(name) for name in Standing.__struct_fields__ if name in values})


def standing_of(by: ByHelper) -> Standing:
    """Return how a helper of the cast stands."""
    return replace(STANDING, role="peer" if by == PEER else "professional")


def later(**time: float) -> datetime:
    """Return an instant after NOW."""
    return NOW + timedelta(**time)


def new_page() -> str:
    """Return the code of a page that was just loaded."""
    return secrets.token_urlsafe(16)


def starts(by: ByHelper = PROFESSIONAL, **changes: Answer) -> operations.StartDuty:
    """A helper begins a duty."""
    role = standing_of(by).role
    values: dict[str, Any] = {"duty": by.duty, "helper": HelperCode(role), "role": role, "public_key": PUBLIC_KEY}
    values |= {"page": new_page()} | changes
    return operations.StartDuty(standing=standing_in(values), **values)


def is_available(
    by: ByHelper = PROFESSIONAL, *, yes: bool = True, standing: Standing | None = None
) -> operations.SetAvailable:
    """A helper takes conversations, or stops."""
    return operations.SetAvailable(by, standing or standing_of(by), yes)


def answers(by: ByHelper = PROFESSIONAL, standing: Standing | None = None) -> operations.RenewLease:
    """A helper's console answers a heartbeat."""
    return operations.RenewLease(by, standing or standing_of(by))


def opens(code: str = TALK, line: str = ADULTS, **changes: Answer) -> operations.Open:
    """A visitor enters a queue."""
    values: dict[str, Any] = {
        "conversation": ConversationCode(code),
        "participant": VISITOR.participant,
        "half_key": HALF_KEY,
        "line": LineCode(line),
        "language": "fi",
        "wants_professional": False,
    }
    return operations.Open(**(values | changes))


def accepts(
    by: ByHelper = PROFESSIONAL, line: LineCode = ADULTS, standing: Standing | None = None, *away: str
) -> operations.Accept:
    """A helper takes the next visitor of those who are not away."""
    codes = frozenset(ConversationCode(code) for code in away)
    return operations.Accept(by, standing or standing_of(by), line, HELPER, codes)


def seals(
    sealed: str = "sealed-key", recipient: str = HELPER, answers: int = 2, **changes: Answer
) -> operations.PutKey:
    """The visitor's browser seals the key to the public key of an event."""
    by = replace(VISITOR, **changes)
    return operations.PutKey(TALK, by, ParticipantCode(recipient), sealed, answers)


def says(by: operations.Actor = VISITOR, *messages: tuple[str, str], code: str = TALK) -> operations.Say:
    """Somebody says something: pairs of id and sealed bytes."""
    given = tuple(Message(*message) for message in messages or (("one", "sealed-one"),))
    return operations.Say(ConversationCode(code), by, given)


def resumes(code: str = TALK, by: ByVisitor = VISITOR, page: str = "") -> operations.Resume:
    """The visitor's page was loaded anew, or asks again."""
    return operations.Resume(ConversationCode(code), by.participant, page or new_page())


def parks(by: ByHelper = PROFESSIONAL, away_for: float = 600) -> operations.Park:
    """A helper gives the talk back, whose visitor has been away for so many seconds."""
    return operations.Park(TALK, by, away_for)


def is_lost(code: str = TALK) -> operations.EndAbsent:
    """The visitor is waited for no more."""
    return operations.EndAbsent(ConversationCode(code))


def ends(by: operations.Actor = VISITOR, code: str = TALK) -> operations.End:
    """Somebody ends it."""
    return operations.End(ConversationCode(code), by)


def leaves(code: str = TALK) -> operations.Exit:
    """The visitor presses the exit."""
    return operations.Exit(ConversationCode(code), VISITOR.participant)


def confirms(by: operations.Actor, position: int) -> operations.Confirm:
    """One side has come so far."""
    return operations.Confirm(TALK, by, position)


def closes(by: ByHelper = PROFESSIONAL) -> operations.Close:
    """The helper has read for the last time."""
    return operations.Close(TALK, by)


ON_DUTY = (starts(), is_available())
TALKING = (*ON_DUTY, opens(), accepts(), seals())
"""After these the log stands at 3: opened, accepted, key."""


def committed(journal: Journal, *steps: operations.Operation[Any], at: datetime = NOW) -> list[Answer]:
    """Commit operations as one batch, all of which must succeed; return what they answer."""
    return [answer_of(outcome) for outcome in journal.apply(steps, at)]


def answer_of(outcome: Outcome) -> Answer:
    """Return what a committed operation answers; raise the error of a refused one."""
    if outcome.error is not None:
        raise outcome.error
    assert outcome.change is not None
    return outcome.change.result


def outcome_of(journal: Journal, step: operations.Operation[Any], at: datetime = NOW) -> Answer:
    """Commit one operation; return its answer or raise its refusal."""
    return answer_of(journal.apply([step], at)[0])


def events_of(journal: Journal, code: str = TALK) -> list[str]:
    """Return the kinds of a log's events, in order."""
    reading = journal.read(ConversationCode(code), 0, 10_000)
    return [body.split(b'"')[3].decode() for body in reading.bodies]


def standing_row(journal: Journal, code: str = TALK) -> Conversation:
    """Return a conversation as it stands."""
    return journal.read(ConversationCode(code), 0, 1).conversation


def last_event(journal: Journal) -> dict[str, Any]:
    """Return the newest event of the talk."""
    event: dict[str, Any] = json.loads(journal.read(TALK, standing_row(journal).newest - 1, 1).bodies[0])
    return event


def order(journal: Journal) -> list[str]:
    """Return who waits, in the order of the queue."""
    return [waiting.code for waiting in journal.waiting(ADULTS)]
