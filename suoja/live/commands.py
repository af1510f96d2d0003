"""What each command does: a grant that may send it and a body that was checked in, an answer out.

A handler turns the command into journal operations or readings; it decides nothing itself. An answer of None travels as
204 without a body. The module is long because it holds one short handler for each command, in the order of the docs.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from msgspec import Struct

from suoja.lib.clock import milliseconds
from suoja.lib.codes import (
    ConversationCode,
    EntryCode,
    HalfKey,
    LineCode,
    ParticipantCode,
    conversation_of,
    new_code,
    new_half_key,
    visitor_of,
)
from suoja.lib.errors import ConversationGone, SuojaError, Unavailable
from suoja.lib.grants import AnyGrant, ExitGrant, HelperGrant, Standing, VisitorGrant
from suoja.live import operations, wire
from suoja.live.core import Core
from suoja.live.hub import Notice, conversation_topic, duty_topic, encoded
from suoja.live.journal import Journal, Reading
from suoja.live.lifecycle import State
from suoja.live.limits import READ_LIMIT, Limits
from suoja.live.records import Conversation, Duty
from suoja.live.seats import Seat, open_duty
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


def live_seat(core: Core, code: ConversationCode, by: operations.Actor) -> Seat:
    """Return a seat as last committed, from memory; for a visitor an ended conversation is gone.

    Raises what tells the actor that they have no seat, or that a newer page has it.
    """
    return _not_over(core.living.seat(code, by))


def _not_over(seat: Seat) -> Seat:
    if seat.is_visitor and seat.conversation.state is State.ENDED:
        raise ConversationGone
    return seat


# --- the visitor ----------------------------------------------------------------------------------------------------


async def open_conversation(core: Core, command: wire.Open, _grant: AnyGrant | None) -> wire.Opened:
    """Enter the queue; the answer holds everything that the visitor's browser will ever be given."""
    entry = EntryCode(command.entry)
    operation = operations.Open(
        conversation=conversation_of(entry),
        participant=visitor_of(entry),
        half_key=new_half_key(),
        line=LineCode(command.line),
        language=command.language,
        wants_professional=command.wants_professional,
        revoked=core.unended,
    )
    conversation = await core.commit(operation)
    return wire.Opened(
        conversation=conversation.code,
        participant=conversation.visitor,
        grant=core.signer.sign(VisitorGrant(conversation.code, conversation.visitor, _expiry(core))),
        exit_grant=core.signer.sign(ExitGrant(conversation.code, conversation.visitor, _expiry(core))),
        half_key=_half_key_of(conversation),
        epoch=conversation.visitor_epoch,
    )


async def resume(core: Core, command: wire.Resume, grant: VisitorGrant) -> wire.Resumed:
    """Let a reloaded page take over, and give it the server's half of the key again, while the conversation lives."""
    conversation = await core.commit(operations.Resume(grant.conversation, grant.participant, command.page))
    return wire.Resumed(
        snapshot=snapshot_of(conversation, conversation.visitor),
        exit_grant=core.signer.sign(ExitGrant(grant.conversation, grant.participant, grant.expires)),
        half_key=_half_key_of(conversation),
        epoch=conversation.visitor_epoch,
    )


async def leave_quickly(core: Core, grant: ExitGrant) -> None:
    """The quick exit. What refuses it is nothing that the one who has left could use."""
    wish = operations.Exit(grant.conversation, grant.participant)
    try:
        await core.commit(wish)
    except Unavailable:
        # Whoever has left can't send it again.  # safety 2
        core.late_exits.add(wish)


def _half_key_of(conversation: Conversation) -> HalfKey:
    if conversation.half_key is None:
        raise ConversationGone
    return conversation.half_key


def _expiry(core: Core) -> int:
    return int(core.now().timestamp() + core.limits.row_lasts)


# --- both sides -----------------------------------------------------------------------------------------------------


async def read(core: Core, command: wire.Read, grant: Member) -> wire.ReadAnswer:
    """Give what a stream may have missed."""
    reading = await core.reading(_read, core.journal, command, actor_of(grant, command.epoch))
    events = tuple(msgspec.Raw(body) for body in reading.bodies)
    return wire.ReadAnswer(events=events, newest=reading.conversation.newest)


def _read(journal: Journal, command: wire.Read, by: operations.Actor) -> Reading:
    code = ConversationCode(command.conversation)
    _not_over(journal.seat(code, by))
    return journal.read(code, command.after, READ_LIMIT)


async def here(core: Core, command: wire.Here, grant: Member) -> None:
    """Note that a page is there, and how far it has come where a conversation is ending.

    Of a visitor this touches no disk but then; of a helper when the lease is due.
    """
    by = actor_of(grant, command.epoch)
    if isinstance(grant, HelperGrant):
        await _helper_here(core, command, grant)
        codes = [ConversationCode(code) for code in command.positions]
    else:
        live_seat(core, grant.conversation, by)
        core.attendance.visitor_answered(grant.conversation, command.state)
        codes = [grant.conversation] if grant.conversation in command.positions else []
    for code in codes:
        known = core.living.conversation(code)
        if known is not None and known.state is State.ENDING:
            await _confirmed(core, operations.Confirm(code, by, command.positions[code]))


async def _helper_here(core: Core, command: wire.Here, grant: HelperGrant) -> None:
    by = operations.ByHelper(grant.duty, command.epoch)
    duty = open_duty(await core.duty(grant.duty), by.epoch)
    core.attendance.helper_answered(duty.code, command.state)
    if command.state == "leaving":
        return
    if must_renew(duty, grant.standing, milliseconds(core.now()), core.limits):
        await core.commit(operations.RenewLease(by, grant.standing))
    await core.show(grant)


def must_renew(duty: Duty, standing: Standing, now: int, limits: Limits) -> bool:
    """Tell whether a lease is worth a write: it has grown old, or the account stands otherwise than it says.

    A sixth of what it means to be lost, so that losing a console is never reckoned from much before its last answer.
    """
    age = limits.lease_lasts - (duty.lease_until - now) / 1000
    return duty.standing != standing or age >= min(limits.lease_lasts, limits.helper_lost_after) / 6


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
    return wire.Numbers(await core.commit(operations.Say(code, actor_of(grant, command.epoch), command.messages)))


async def put_key(core: Core, command: wire.Key, grant: VisitorGrant) -> wire.Numbers:
    """Keep the conversation key, sealed to the helper."""
    by, recipient = actor_of(grant, command.epoch), ParticipantCode(command.recipient)
    operation = operations.PutKey(grant.conversation, by, recipient, command.sealed, command.answers)
    return wire.Numbers(await core.commit(operation))


async def typing(core: Core, command: wire.Typing, grant: Member) -> None:
    """Pass on that somebody writes, to the other side only."""
    code = ConversationCode(command.conversation)
    seat = live_seat(core, code, actor_of(grant, command.epoch))
    to = duty_topic(seat.conversation.duty or "") if seat.is_visitor else conversation_topic(code)
    event = wire.Writing(conversation=code, participant=seat.participant, is_typing=command.is_typing)
    if seat.conversation.state is State.ACTIVE:
        core.bus.publish(Notice((to,), encoded(event)))


async def end(core: Core, command: wire.End, grant: Member) -> wire.Numbers:
    """End a talk, or leave the queue."""
    code = ConversationCode(command.conversation)
    return wire.Numbers(await core.commit(operations.End(code, actor_of(grant, command.epoch))))


# --- the helper -----------------------------------------------------------------------------------------------------


async def on_duty(core: Core, command: wire.OnDuty, grant: HelperGrant) -> wire.DutyAnswer:
    """Begin a duty as the console's session has signed it, or take it up again."""
    operation = operations.StartDuty(
        duty=grant.duty,
        helper=grant.helper,
        standing=grant.standing,
        public_key=command.public_key,
        page=command.page,
        epoch=command.epoch,
        silent=core.attendance.silent_duties(grant.helper, but=grant.duty),
    )
    return _duty_answer(await core.commit(operation))


async def set_available(core: Core, command: wire.Available, grant: HelperGrant) -> wire.DutyAnswer:
    """Take conversations from now on, or do not."""
    by = operations.ByHelper(grant.duty, command.epoch)
    return _duty_answer(await core.commit(operations.SetAvailable(by, grant.standing, command.is_available)))


async def accept(core: Core, command: wire.Accept, grant: HelperGrant) -> wire.AcceptAnswer:
    """Take the next visitor of a line who is there: one winner each."""
    line = LineCode(command.line)
    operation = operations.Accept(
        by=operations.ByHelper(grant.duty, command.epoch),
        standing=grant.standing,
        line=line,
        participant=ParticipantCode(new_code()),
        away=core.attendance.away_from(line),
    )
    conversation = await core.commit(operation)
    return wire.AcceptAnswer(snapshot_of(conversation, conversation.helper))


async def park(core: Core, command: wire.Park, grant: HelperGrant) -> wire.Numbers:
    """Give back a talk whose visitor has been away for long."""
    code, by = ConversationCode(command.conversation), operations.ByHelper(grant.duty, command.epoch)
    return wire.Numbers(await core.commit(operations.Park(code, by, core.attendance.away_for(code))))


async def close(core: Core, command: wire.Close, grant: HelperGrant) -> None:
    """Let an ended conversation's row go."""
    by = operations.ByHelper(grant.duty, command.epoch)
    await core.commit(operations.Close(ConversationCode(command.conversation), by))


async def off_duty(core: Core, command: wire.OffDuty, grant: HelperGrant) -> None:
    """End the duty for good, from its newest page."""
    await core.end_duty(grant.duty, command.epoch)


def _duty_answer(state: operations.DutyState) -> wire.DutyAnswer:
    held = tuple(snapshot_of(conversation, conversation.helper) for conversation in state.conversations)
    return wire.DutyAnswer(state.is_available, state.epoch, held)


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
    "park": park,
    "on-duty": on_duty,
    "available": set_available,
    "accept": accept,
    "close": close,
    "off-duty": off_duty,
}
"""Command → handler. `events` stands apart: its answer is the stream (streams.py)."""
