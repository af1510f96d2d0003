"""What the journal keeps: conversations, the entries of their logs, duties; and what one operation changes of it.

Instants are milliseconds since 1970 by the service's clock. Records are values: a rule takes them and returns new ones.
"""

from msgspec import Struct

from suoja.lib.codes import ConversationCode, DutyCode, HalfKey, HelperCode, LineCode, ParticipantCode
from suoja.lib.grants import Standing
from suoja.lib.language_codes import Language
from suoja.live.lifecycle import State
from suoja.live.wire import EndedHow


class Conversation(Struct, frozen=True, kw_only=True):
    """One conversation as it stands. Nothing in here says who the visitor is (M10).

    `visitor_epoch` is that of the visitor's newest page. `keyed_at` is the number of the event whose public key the
    conversation key has to be sealed to now. `is_first` goes before all who have only waited.
    """

    code: ConversationCode
    line: LineCode
    language: Language
    state: State
    newest: int
    visitor: ParticipantCode
    wants_professional: bool
    half_key: HalfKey | None
    duty: DutyCode | None = None
    helper: ParticipantCode | None = None
    visitor_position: int = 0
    helper_position: int = 0
    visitor_epoch: int = 1
    keyed_at: int = 0
    opened_at: int
    queued_at: int
    is_first: bool = False
    ending_at: int | None = None
    ended_at: int | None = None
    how: EndedHow | None = None


class Entry(Struct, frozen=True):
    """One entry of a log; `body` is the event as JSON. `(conversation, sender, message)` is unique."""

    conversation: ConversationCode
    number: int
    sender: str
    message: str
    body: bytes


class Duty(Struct, frozen=True, kw_only=True):
    """One helper's time on duty. Over when `ended_at` is set; the row stays until its last grant has expired.

    Its standing is that of the grant which was shown last, never that of the beginning: an account can change.
    `epoch` is that of the console's newest page.
    """

    code: DutyCode
    helper: HelperCode
    standing: Standing
    public_key: str
    epoch: int = 1
    is_available: bool
    lease_until: int
    ended_at: int | None = None


class News(Struct, frozen=True):
    """One numbered event to publish after the commit, and to whose streams: the visitor's, and those of a duty.

    The duty is the one that holds the conversation, or the one that loses it by this. `state` is the one it comes to.
    """

    conversation: ConversationCode
    duty: DutyCode | None
    state: State
    body: bytes


class Change(Struct, frozen=True, kw_only=True):
    """What one operation does, decided and not yet written."""

    result: object = None
    saved: tuple[Conversation, ...] = ()
    appended: tuple[Entry, ...] = ()
    emptied: tuple[ConversationCode, ...] = ()
    removed: tuple[ConversationCode, ...] = ()
    duties: tuple[Duty, ...] = ()
    removed_duties: tuple[DutyCode, ...] = ()
    news: tuple[News, ...] = ()
    queues: frozenset[LineCode] = frozenset()

    @property
    def deletes(self) -> bool:
        """Tell whether something is deleted, traces of which a storage may keep outside its tables."""
        return bool(self.emptied or self.removed or self.removed_duties)


NOTHING = Change()


def merged(changes: list[Change], result: object = None) -> Change:
    """Return several changes as one, in their order."""
    return Change(
        result=result,
        saved=tuple(item for change in changes for item in change.saved),
        appended=tuple(item for change in changes for item in change.appended),
        emptied=tuple(item for change in changes for item in change.emptied),
        removed=tuple(item for change in changes for item in change.removed),
        duties=tuple(item for change in changes for item in change.duties),
        removed_duties=tuple(item for change in changes for item in change.removed_duties),
        news=tuple(item for change in changes for item in change.news),
        queues=frozenset().union(*(change.queues for change in changes)),
    )
