"""Appending to a log: each event takes the next number, becomes an entry, and is news after the commit. No I/O."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from suoja.lib.codes import ConversationCode
from suoja.live.lifecycle import State
from suoja.live.records import Change, Conversation, Entry, News
from suoja.live.wire import NumberedEvent


def appended(conversation: Conversation, event: NumberedEvent, sender: str, message: str = "") -> Change:
    """Append one event. `sender` and `message` are what it is found again by."""
    return logged(conversation, [entry_of(event, sender, message)])


def logged(conversation: Conversation, entries: Sequence[Entry]) -> Change:
    """Append to the log: the numbers are gap-free because the record that they continue is locked with them."""
    saved = replace(conversation, newest=conversation.newest + len(entries))
    return Change(
        result=tuple(entry.number for entry in entries),
        saved=(saved,),
        appended=tuple(entries),
        news=tuple(news_of(saved, entry.body) for entry in entries),
        queues=frozenset({saved.line}) if saved.state is State.WAITING else frozenset(),
    )


def answering_itself(change: Change) -> Change:
    """Return a change that answers the conversation as it now stands."""
    return replace(change, result=change.saved[0])


def entry_of(event: NumberedEvent, sender: str, message: str) -> Entry:
    """Return an event as it is stored: as the JSON that pushes and reads will carry."""
    return Entry(ConversationCode(event.conversation), event.number, sender, message, msgspec.json.encode(event))


def news_of(conversation: Conversation, body: bytes) -> News:
    """Return what to publish after the commit."""
    return News(conversation.code, conversation.duty, conversation.state, body)
