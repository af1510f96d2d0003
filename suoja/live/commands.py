"""What each command does: a grant that may send it and a body that was checked in, an answer out.

A handler turns the command into journal operations or readings; it decides nothing itself. An answer of None travels as
204 without a body.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from msgspec import Struct

from suoja.lib.codes import (
    ConversationCode,
    DutyCode,
    HelperCode,
    LineCode,
    ParticipantCode,
    new_code,
    new_half_key,
)
from suoja.lib.errors import ConversationGone, SuojaError, Unavailable
from suoja.lib.grants import AnyGrant, ExitGrant, HelperGrant, VisitorGrant
from suoja.live import operations, wire
from suoja.live.core import Core
from suoja.live.decisions import lines_heard
from suoja.live.hub import Notice, conversation_topic, duty_topic, encoded
from suoja.live.journal import Journal, Reading
from suoja.live.lifecycle import State
from suoja.live.limits import READ_LIMIT
from suoja.live.records import Conversation
from suoja.live.rules import Seat
from suoja.live.session import actor_of

Member = VisitorGrant | HelperGrant


def snapshot_of(conversation: Conversation, participant: str | None) -> wire.Snapshot:
    """Return where a conversation stands, for the one who is `participant` in it."""
    return wire.Snapshot(
        conversation=conversation.code,
        participant=participant or "",
        line=conversation.line,
        language=conversation.language,
        state=conversation.state.value,  # type: ignore[arg-type]  # A stored one is never ABSENT.
        newest=conversation.newest,
    )


def live_seat(journal: Journal, code: ConversationCode, by: operations.Actor) -> Seat:
    """Return a seat; for a visitor an ended conversation is gone, as nothing in it is theirs to have any more."""
    seat = journal.seat(code, by)
    if seat.is_visitor and seat.conversation.state is State.ENDED:
        raise ConversationGone
    return seat


# --- the visitor ----------------------------------------------------------------------------------------------------


async def open_conversation(core: Core, command: wire.Open, _grant: AnyGrant | None) -> wire.Opened:
    """Enter the queue; the answer holds everything that the visitor's browser will ever be given."""
    operation = operations.Open(
        conversation=ConversationCode(new_code()),
        participant=ParticipantCode(new_code()),
        half_key=new_half_key(),
        line=LineCode(command.line),
        language=command.language,
        wants_professional=command.wants_professional,
    )
    await core.commit(operation)
    return wire.Opened(
        conversation=operation.conversation,
        participant=operation.participant,
        grant=core.signer.sign(VisitorGrant(operation.conversation, operation.participant, _expiry(core))),
        exit_grant=core.signer.sign(ExitGrant(operation.conversation, operation.participant, _expiry(core))),
        half_key=operation.half_key,
    )


async def resume(core: Core, _command: wire.Resume, grant: VisitorGrant) -> wire.Resumed:
    """Give a reloaded page the server's half of the key again, while the conversation lives."""
    seat = await core.reading(live_seat, core.journal, grant.conversation, actor_of(grant))
    if seat.conversation.half_key is None:
        raise ConversationGone
    return wire.Resumed(
        snapshot=snapshot_of(seat.conversation, seat.participant),
        exit_grant=core.signer.sign(ExitGrant(grant.conversation, grant.participant, grant.expires)),
        half_key=seat.conversation.half_key,
    )


async def leave_quickly(core: Core, grant: ExitGrant) -> None:
    """The quick exit. What refuses it is nothing that the one who has left could use."""
    wish = operations.Exit(grant.conversation, grant.participant)
    try:
        await core.commit(wish)
    except Unavailable:
        # Whoever has left can't send it again.  # safety 2
        core.late_exits.add(wish)


def _expiry(core: Core) -> int:
    return int(core.now().timestamp() + core.limits.row_lasts)


# --- both sides -----------------------------------------------------------------------------------------------------


async def read(core: Core, command: wire.Read, grant: Member) -> wire.ReadAnswer:
    """Give what a stream may have missed."""
    reading = await core.reading(_read, core.journal, command, actor_of(grant))
    events = tuple(msgspec.Raw(body) for body in reading.bodies)
    return wire.ReadAnswer(events=events, newest=reading.conversation.newest)


def _read(journal: Journal, command: wire.Read, by: operations.Actor) -> Reading:
    code = ConversationCode(command.conversation)
    live_seat(journal, code, by)
    return journal.read(code, command.after, READ_LIMIT)


async def here(core: Core, command: wire.Here, grant: Member) -> None:
    """Renew a duty's lease, and note how far this browser has come where a conversation is ending."""
    by = actor_of(grant)
    if isinstance(grant, HelperGrant):
        await core.commit(operations.RenewLease(DutyCode(grant.duty), grant.standing))
        lines = await core.reading(lines_heard, core.journal.line_rule, core.now(), grant.standing)
        core.hub.renew(duty_topic(grant.duty), grant.expires, lines)
        positions = command.positions
    else:
        position = command.positions.get(grant.conversation)
        positions = {} if position is None else {grant.conversation: position}
    for code, position in positions.items():
        await _confirmed(core, operations.Confirm(ConversationCode(code), by, position))


async def _confirmed(core: Core, confirm: operations.Confirm) -> None:
    """A helper's browser may name a conversation whose row has just gone: that must not cost it the others."""
    try:
        await core.commit(confirm)
    except SuojaError:
        if isinstance(confirm.by, operations.ByVisitor):
            raise


async def say(core: Core, command: wire.Say, grant: Member) -> wire.Numbers:
    """Commit messages; the answer is the acknowledgement."""
    code = ConversationCode(command.conversation)
    return wire.Numbers(await core.commit(operations.Say(code, actor_of(grant), command.messages)))


async def put_key(core: Core, command: wire.Key, grant: VisitorGrant) -> wire.Numbers:
    """Keep the conversation key, sealed to the helper."""
    recipient = ParticipantCode(command.recipient)
    operation = operations.PutKey(grant.conversation, actor_of(grant), recipient, command.sealed)
    return wire.Numbers(await core.commit(operation))


async def typing(core: Core, command: wire.Typing, grant: Member) -> None:
    """Pass on that somebody writes, to the other side only."""
    code = ConversationCode(command.conversation)
    seat = await core.reading(live_seat, core.journal, code, actor_of(grant))
    to = duty_topic(seat.conversation.duty or "") if seat.is_visitor else conversation_topic(code)
    event = wire.Writing(conversation=code, participant=seat.participant, is_typing=command.is_typing)
    if seat.conversation.state is State.ACTIVE:
        core.bus.publish(Notice((to,), encoded(event)))


async def end(core: Core, command: wire.End, grant: Member) -> wire.Numbers:
    """End a talk, or leave the queue."""
    code = ConversationCode(command.conversation)
    return wire.Numbers(await core.commit(operations.End(code, actor_of(grant))))


# --- the helper -----------------------------------------------------------------------------------------------------


async def on_duty(core: Core, command: wire.OnDuty, grant: HelperGrant) -> wire.DutyAnswer:
    """Begin a duty as the console's session has signed it, or take it up again."""
    operation = operations.StartDuty(
        duty=DutyCode(grant.duty),
        helper=HelperCode(grant.helper),
        standing=grant.standing,
        public_key=command.public_key,
    )
    return _duty_answer(await core.commit(operation))


async def set_available(core: Core, command: wire.Available, grant: HelperGrant) -> wire.DutyAnswer:
    """Take conversations from now on, or do not."""
    operation = operations.SetAvailable(DutyCode(grant.duty), grant.standing, command.is_available)
    return _duty_answer(await core.commit(operation))


async def accept(core: Core, command: wire.Accept, grant: HelperGrant) -> wire.AcceptAnswer:
    """Take the next visitor of a line: one winner each."""
    participant = ParticipantCode(new_code())
    operation = operations.Accept(DutyCode(grant.duty), grant.standing, LineCode(command.line), participant)
    conversation = await core.commit(operation)
    return wire.AcceptAnswer(snapshot_of(conversation, conversation.helper))


async def close(core: Core, command: wire.Close, grant: HelperGrant) -> None:
    """Let an ended conversation's row go."""
    code = ConversationCode(command.conversation)
    await core.commit(operations.Close(code, operations.ByHelper(DutyCode(grant.duty))))
    core.hub.forget(duty_topic(grant.duty), code)


async def off_duty(core: Core, _command: wire.OffDuty, grant: HelperGrant) -> None:
    """End the duty for good."""
    await core.revoke(DutyCode(grant.duty))


def _duty_answer(state: operations.DutyState) -> wire.DutyAnswer:
    held = tuple(snapshot_of(conversation, conversation.helper) for conversation in state.conversations)
    return wire.DutyAnswer(state.is_available, held)


Handler = Callable[[Core, Any, Any], Awaitable[Struct | None]]

HANDLERS: dict[str, Handler] = {
    "open": open_conversation,
    "resume": resume,
    "read": read,
    "here": here,
    "say": say,
    "key": put_key,
    "typing": typing,
    "end": end,
    "on-duty": on_duty,
    "available": set_available,
    "accept": accept,
    "close": close,
    "off-duty": off_duty,
}
"""Command → handler. `events` stands apart: its answer is the stream (streams.py)."""
