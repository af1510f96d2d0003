"""Opening a stream: who may have it, what it hears, and how it is greeted.

All of it comes from memory, in one go, so that nothing falls between the greeting and the first event and 10,000 that
come back at once cost no thread and no statement.
"""

from suoja.lib.grants import HelperGrant, VisitorGrant
from suoja.live.commands import live_seat, snapshot_of
from suoja.live.core import Core
from suoja.live.hub import Stream, conversation_topic, duty_topic
from suoja.live.records import Conversation
from suoja.live.seats import open_duty
from suoja.live.session import actor_of
from suoja.live.wire import PROTOCOL, Hello, Snapshot


async def open_stream(core: Core, grant: VisitorGrant | HelperGrant, epoch: int) -> Stream:
    """Return a stream that has been greeted and listens. The caller removes it from the hub at its end.

    Raises ConversationGone, NotOnDuty, Unauthorised, Superseded; Unavailable when there are too many.
    """
    stream = _visitors(core, grant, epoch) if isinstance(grant, VisitorGrant) else await _helpers(core, grant, epoch)
    core.hub.add(stream)
    core.attendance.opened(stream)
    _greet(core, stream)
    return stream


def topic_of(grant: VisitorGrant | HelperGrant) -> str:
    """Return the topic that belongs to the bearer of a grant alone."""
    return conversation_topic(grant.conversation) if isinstance(grant, VisitorGrant) else duty_topic(grant.duty)


def _visitors(core: Core, grant: VisitorGrant, epoch: int) -> Stream:
    live_seat(core, grant.conversation, actor_of(grant, epoch))
    return Stream(grant.conversation, epoch, (topic_of(grant),), grant.expires)


async def _helpers(core: Core, grant: HelperGrant, epoch: int) -> Stream:
    lines = await core.lines_heard(grant.standing)
    open_duty(await core.duty(grant.duty), epoch)
    # Once more: the helper may have signed out since the grant was read, on a disk that didn't take it.
    core.check_not_revoked(grant.duty)  # safety 23
    return Stream(grant.duty, epoch, (topic_of(grant),), grant.expires).hearing(lines)


def _greet(core: Core, stream: Stream) -> None:
    """Say where everything stands, then what is not numbered: who is there, the place in the queue, who waits."""
    conversations = core.pulse.conversations_of(stream)
    pace = core.pulse.begin(stream, core.monotonic())
    snapshots = tuple(_snapshot(conversation, stream) for conversation in conversations)
    stream.tell(Hello(protocol=PROTOCOL, heartbeat_seconds=pace, conversations=snapshots))
    for conversation in conversations:
        core.attendance.greet(stream, conversation)
        if stream.is_visitor:
            core.pulse.tell_place(stream, conversation)
    for line in stream.lines:
        stream.tell(core.notices.shown(line))


def _snapshot(conversation: Conversation, stream: Stream) -> Snapshot:
    return snapshot_of(conversation, conversation.visitor if stream.is_visitor else conversation.helper)
