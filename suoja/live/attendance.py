"""Who is there, joined with who is to know it: of visitors helpers are told, and of a helper the visitor.

The state itself is presence.py's, on a monotonic clock; here it meets the streams, the conversations and the service's
clock. All of it is memory: after a restart everybody is given the moment that coming back takes.
"""

from collections.abc import Callable
from datetime import datetime

from suoja.lib.clock import milliseconds
from suoja.lib.codes import ConversationCode, DutyCode, HelperCode, LineCode
from suoja.live.bus import LocalBus
from suoja.live.hub import Hub, Notice, Stream, both_topics, conversation_topic, duty_topic, encoded
from suoja.live.lifecycle import State
from suoja.live.living import DutyMoved, Living, Moved
from suoja.live.presence import REACHABLE, Changed, People, Person
from suoja.live.records import Conversation
from suoja.live.wire import PageState, Presence, PresenceState

_CLOCK_MOVED_MS = 1_000
"""By so much the service's clock has been set, rather than read at another moment."""


def told_of_helper(state: PresenceState) -> PresenceState:
    """Return what a visitor is told: whether the helper can be reached. What else they do is their own."""
    return "here" if state in REACHABLE else "unreachable"


class Attendance:
    """Follows visitors by their conversation and helpers by their duty, and tells each side of the other."""

    def __init__(
        self,
        living: Living,
        hub: Hub,
        bus: LocalBus,
        *,
        people: tuple[People[ConversationCode], People[DutyCode]],
        clocks: tuple[Callable[[], datetime], Callable[[], float]],
    ) -> None:
        """Take who is followed, who is told, and the two clocks. `touch` is told of lines whose queue looks new."""
        self._living, self._hub, self._bus = living, hub, bus
        self.visitors, self.helpers = people
        self._now, self._monotonic = clocks
        self._offset = 0.0
        self.touch: Callable[[LineCode], None] = lambda _: None

    def begin(self) -> None:
        """Expect everybody whom the journal knows."""
        for conversation in self._living.conversations():
            if conversation.state is not State.ENDED:
                self.visitors.expect(conversation.code, self._monotonic())
        for duty in self._living.duties():
            self.helpers.expect(duty.code, self._monotonic())

    # --- what happens ---------------------------------------------------------------------------------------------

    def opened(self, stream: Stream) -> None:
        """A stream has opened."""
        if stream.is_visitor:
            self._tell_visitor(self.visitors.opened(ConversationCode(stream.code), self._monotonic()))
        else:
            self._tell_helper(self.helpers.opened(DutyCode(stream.code), self._monotonic()))

    def left(self, stream: Stream) -> None:
        """The last stream of a page has closed."""
        if stream.is_visitor:
            self._tell_visitor(self.visitors.closed(ConversationCode(stream.code), self._monotonic()))
        else:
            self._tell_helper(self.helpers.closed(DutyCode(stream.code), self._monotonic()))

    def beaten(self, stream: Stream) -> None:
        """A stream was given a heartbeat: the newest of a page alone is answered for."""
        if self._hub.listening(stream.own_topic)[-1:] != (stream,):
            return
        if stream.is_visitor:
            self.visitors.beaten(ConversationCode(stream.code), self._monotonic())
        else:
            self.helpers.beaten(DutyCode(stream.code), self._monotonic())

    def visitor_answered(self, code: ConversationCode, said: PageState) -> None:
        """A visitor's page says that it is there, hidden, or leaving."""
        self._tell_visitor(self.visitors.answered(code, said, self._monotonic()))

    def helper_answered(self, code: DutyCode, said: PageState) -> None:
        """A console says so."""
        self._tell_helper(self.helpers.answered(code, said, self._monotonic()))

    def elapsed(self) -> None:
        """Time has passed."""
        for visitor in self.visitors.elapsed(self._monotonic()):
            self._tell_visitor(visitor)
        for helper in self.helpers.elapsed(self._monotonic()):
            self._tell_helper(helper)

    def follow(self, moved: Moved | DutyMoved) -> None:
        """Something was committed: somebody has come, gone, met another, or taken their seat with a new page."""
        if isinstance(moved, DutyMoved):
            self._follow_duty(moved)
        elif moved.after is None:
            self.visitors.forget(moved.code)
        elif moved.before is None:
            self.visitors.expect(moved.code, self._monotonic())
        else:
            self._follow_visitor(moved.before, moved.after)

    def _follow_visitor(self, before: Conversation, after: Conversation) -> None:
        if after.visitor_epoch > before.visitor_epoch:
            self._hub.supersede(conversation_topic(after.code), after.visitor_epoch)
            self._tell_visitor(self.visitors.renewed(after.code, self._monotonic()))
        if after.state is State.ACTIVE and before.state is State.WAITING:
            for topic in both_topics(after.code, after.duty):
                for stream in self._hub.listening(topic):
                    self.greet(stream, after)

    def _follow_duty(self, moved: DutyMoved) -> None:
        if moved.after is None:
            self.helpers.forget(moved.code)
            self._hub.end(duty_topic(moved.code), "over", may_return=False)
        elif moved.before is None:
            self.helpers.expect(moved.code, self._monotonic())
        else:
            self._hub.supersede(duty_topic(moved.code), moved.after.epoch)
            self._tell_helper(self.helpers.renewed(moved.code, self._monotonic()))

    # --- what is asked --------------------------------------------------------------------------------------------

    def away_from(self, line: LineCode) -> frozenset[ConversationCode]:
        """Return those who wait on a line and can't be reached: they keep their places, and aren't accepted."""
        return frozenset(one.code for one in self._living.waiting(line) if self.visitors.is_lost(one.code))

    def away_for(self, code: ConversationCode) -> float:
        """Return for how long a visitor has not been reachable, in seconds."""
        person = self.visitors[code]
        return 0.0 if person is None or person.lost_at is None else self._monotonic() - person.lost_at

    def silent_duties(self, helper: HelperCode, *, but: DutyCode) -> frozenset[DutyCode]:
        """Return a helper's other duties whose consoles don't answer."""
        others = self._living.duties_of(helper)
        return frozenset(code for code in others if code != but and self.helpers.is_lost(code))

    # --- telling --------------------------------------------------------------------------------------------------

    def greet(self, stream: Stream, conversation: Conversation) -> None:
        """Tell a stream how the other side of a talk is."""
        if conversation.state is not State.ACTIVE or conversation.duty is None:
            return
        other = self.helpers[conversation.duty] if stream.is_visitor else self.visitors[conversation.code]
        if other is not None:
            stream.tell(self._event(conversation, other, is_visitor=not stream.is_visitor))

    def _tell_visitor(self, changed: Changed[ConversationCode] | None) -> None:
        conversation = self._living.conversation(changed.code) if changed else None
        if changed is None or conversation is None:
            return
        if conversation.state is State.WAITING:
            self.touch(conversation.line)
        elif conversation.duty is not None:
            event = self._event(conversation, changed.after, is_visitor=True)
            self._bus.publish(Notice((duty_topic(conversation.duty),), encoded(event)))

    def _tell_helper(self, changed: Changed[DutyCode] | None) -> None:
        if changed is None or told_of_helper(changed.before.state) == told_of_helper(changed.after.state):
            return
        for conversation in self._living.held_by(changed.code):
            if conversation.state is State.ACTIVE:
                event = self._event(conversation, changed.after, is_visitor=False)
                self._bus.publish(Notice((conversation_topic(conversation.code),), encoded(event)))

    def _event(self, conversation: Conversation, person: Person, *, is_visitor: bool) -> Presence:
        if not is_visitor:
            # Since when they can be reached or not, and nothing of when they hid the page, or for how long.
            since = person.reached_at if person.lost_at is None else person.lost_at
            told, helper = told_of_helper(person.state), conversation.helper or ""
            return Presence(conversation.code, helper, told, self._instant(since), away_ms=0)
        return Presence(
            conversation=conversation.code,
            participant=conversation.visitor,
            state=person.state,
            since=self._instant(person.since),
            away_ms=round(person.was_away * 1000) if person.state == "here" else 0,
        )

    def _instant(self, monotonic: float) -> int:
        """Return a monotonic instant by the service's clock, in ms: the same each time, unless the clock was set."""
        offset = milliseconds(self._now()) - self._monotonic() * 1000
        if abs(offset - self._offset) > _CLOCK_MOVED_MS:
            self._offset = offset
        return round(self._offset + monotonic * 1000)
