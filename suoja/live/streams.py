"""Opening a stream: subscribe first, look second, so that nothing falls between the snapshot and the first event."""

from suoja.lib.codes import DutyCode
from suoja.lib.grants import HelperGrant, VisitorGrant
from suoja.live.commands import live_seat, snapshot_of
from suoja.live.core import Core
from suoja.live.decisions import lines_heard
from suoja.live.hub import Stream, conversation_topic, duty_topic, line_topic
from suoja.live.journal import Journal
from suoja.live.operations import ByVisitor
from suoja.live.records import Conversation
from suoja.live.rules import open_duty
from suoja.live.session import actor_of
from suoja.live.wire import PROTOCOL, Hello, Snapshot


async def open_stream(core: Core, grant: VisitorGrant | HelperGrant) -> Stream:
    """Return a stream that has been greeted and listens. The caller removes it from the hub at its end.

    Raises ConversationGone, NotOnDuty, Unauthorised; Unavailable when there are too many.
    """
    stream = await _listening(core, grant)
    core.hub.add(stream)
    try:
        conversations = await core.reading(_conversations, core.journal, grant)
    except BaseException:
        core.hub.remove(stream)
        raise
    _greet(core, stream, conversations)
    for line in stream.lines:
        core.notices.touch(line)
    return stream


async def _listening(core: Core, grant: VisitorGrant | HelperGrant) -> Stream:
    if isinstance(grant, VisitorGrant):
        seat = await core.reading(live_seat, core.journal, grant.conversation, actor_of(grant))
        topics = [conversation_topic(grant.conversation)]
        return Stream(actor_of(grant), topics, [seat.conversation.line], grant.expires)
    lines = await core.reading(lines_heard, core.journal.line_rule, core.now(), grant.standing)
    topics = [duty_topic(grant.duty), *(line_topic(line) for line in lines)]
    return Stream(actor_of(grant), topics, lines, grant.expires)


def _conversations(journal: Journal, grant: VisitorGrant | HelperGrant) -> list[Conversation]:
    if isinstance(grant, VisitorGrant):
        return [live_seat(journal, grant.conversation, actor_of(grant)).conversation]
    open_duty(journal.duty(DutyCode(grant.duty)))
    return journal.held_by(DutyCode(grant.duty))


def _greet(core: Core, stream: Stream, conversations: list[Conversation]) -> None:
    for conversation in conversations:
        known = stream.newest.get(conversation.code, 0)
        stream.newest[conversation.code] = max(conversation.newest, known)
        if known <= conversation.newest:
            stream.states[conversation.code] = conversation.state
    pace = core.limits.heartbeat_active if stream.is_talking else core.limits.heartbeat_waiting
    hello = Hello(
        protocol=PROTOCOL,
        heartbeat_seconds=pace,
        conversations=tuple(_snapshot(conversation, stream) for conversation in conversations),
    )
    stream.begin(hello)


def _snapshot(conversation: Conversation, stream: Stream) -> Snapshot:
    is_visitor = isinstance(stream.actor, ByVisitor)
    return snapshot_of(conversation, conversation.visitor if is_visitor else conversation.helper)
