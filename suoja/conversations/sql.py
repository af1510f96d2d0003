"""The journal's statements, and how rows become records and back. Values travel as parameters, never in the text."""

from collections.abc import Sequence
from typing import Any

import msgspec

from suoja.lib.codes import LineCode
from suoja.lib.grants import Standing
from suoja.lib.language_codes import Language
from suoja.live.lifecycle import State
from suoja.live.limits import SWEPT_AT_ONCE
from suoja.live.records import Conversation, Duty, Entry

Value = str | int | bytes | None

_CONVERSATION_COLUMNS = (
    "code, line, language, state, newest, visitor, wants_professional, half_key, duty, helper, visitor_position,"
    " helper_position, visitor_epoch, keyed_at, opened_at, queued_at, is_first, ending_at, ended_at, how"
)
_DUTY_COLUMNS = (
    "code, helper, role, lines, languages, names, capacity, public_key, epoch, is_available, lease_until, ended_at"
)
_QUEUE_ORDER = "is_first DESC, queued_at, rowid"

# What changes after the opening; the rest of the row stays as it was written.
SAVE_CONVERSATION = f"""
    INSERT INTO conversations_conversation ({_CONVERSATION_COLUMNS})
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (code) DO UPDATE SET
        state = excluded.state, newest = excluded.newest, half_key = excluded.half_key, duty = excluded.duty,
        helper = excluded.helper, visitor_position = excluded.visitor_position,
        helper_position = excluded.helper_position, visitor_epoch = excluded.visitor_epoch,
        keyed_at = excluded.keyed_at, queued_at = excluded.queued_at, is_first = excluded.is_first,
        ending_at = excluded.ending_at, ended_at = excluded.ended_at, how = excluded.how
"""  # noqa: S608  # Column names of our own.
APPEND_ENTRY = """
    INSERT INTO conversations_entry (conversation, number, sender, message, body) VALUES (%s, %s, %s, %s, %s)
"""
HAS_ENTRIES = "SELECT EXISTS (SELECT 1 FROM conversations_entry)"
EMPTY_LOG = "DELETE FROM conversations_entry WHERE conversation = %s"
REMOVE_CONVERSATION = "DELETE FROM conversations_conversation WHERE code = %s"
SAVE_DUTY = f"""
    INSERT INTO conversations_duty ({_DUTY_COLUMNS})
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (code) DO UPDATE SET
        role = excluded.role, lines = excluded.lines, languages = excluded.languages, names = excluded.names,
        capacity = excluded.capacity, public_key = excluded.public_key, epoch = excluded.epoch,
        is_available = excluded.is_available, lease_until = excluded.lease_until, ended_at = excluded.ended_at
"""  # noqa: S608  # Column names of our own.
REMOVE_DUTY = "DELETE FROM conversations_duty WHERE code = %s"

_CONVERSATIONS = f"SELECT {_CONVERSATION_COLUMNS} FROM conversations_conversation"  # noqa: S608  # As above.
CONVERSATION = f"{_CONVERSATIONS} WHERE code = %s"
LIVING = f"{_CONVERSATIONS} WHERE state <> 'ended' ORDER BY {_QUEUE_ORDER}"
HELD_BY = f"{_CONVERSATIONS} WHERE duty = %s ORDER BY {_QUEUE_ORDER}"
WAITING = f"{_CONVERSATIONS} WHERE state = 'waiting' AND line = %s ORDER BY {_QUEUE_ORDER}"
COUNT_ACTIVE = """
    SELECT count(*) FROM conversations_conversation AS conversation
    JOIN conversations_duty AS duty ON conversation.duty = duty.code
    WHERE duty.helper = %s AND conversation.state = 'active'
"""
ENTRIES = """
    SELECT body FROM conversations_entry WHERE conversation = %s AND number > %s ORDER BY number LIMIT %s
"""
# Through the one index of a conversation's entries: a talk has a few hundred, and the columns stand before the body.
SENT = """
    SELECT number, message, body FROM conversations_entry
    WHERE conversation = %s AND sender = %s AND message IN (SELECT value FROM json_each(%s))
"""

_DUTIES = f"SELECT {_DUTY_COLUMNS} FROM conversations_duty"  # noqa: S608  # As above.
DUTY = f"{_DUTIES} WHERE code = %s"
RUNNING_DUTIES = f"{_DUTIES} WHERE ended_at IS NULL"

ENDINGS_DUE = f"""
    SELECT code FROM conversations_conversation WHERE state = 'ending' AND ending_at < %s LIMIT {SWEPT_AT_ONCE}
"""  # noqa: S608  # As above.
ROWS_DUE = f"""
    SELECT code FROM conversations_conversation
    WHERE (state = 'ended' AND ended_at < %s) OR (state <> 'ended' AND opened_at < %s) LIMIT {SWEPT_AT_ONCE}
"""  # noqa: S608  # As above.
LOST_DUTIES = f"""
    SELECT code FROM conversations_duty WHERE ended_at IS NULL AND lease_until < %s LIMIT {SWEPT_AT_ONCE}
"""  # noqa: S608  # As above.
OLD_DUTIES = f"""
    SELECT code FROM conversations_duty WHERE ended_at < %s LIMIT {SWEPT_AT_ONCE}
"""  # noqa: S608  # As above.

_lines = msgspec.json.Decoder(tuple[LineCode, ...])
_languages = msgspec.json.Decoder(tuple[Language, ...])
_names = msgspec.json.Decoder(dict[str, str])


def conversation_values(one: Conversation) -> Sequence[Value]:
    """Return a conversation as the values of `SAVE_CONVERSATION`."""
    return (
        *(one.code, one.line, one.language, one.state.value, one.newest, one.visitor, one.wants_professional),
        *(one.half_key, one.duty, one.helper, one.visitor_position, one.helper_position),
        *(one.visitor_epoch, one.keyed_at, one.opened_at, one.queued_at, one.is_first),
        *(one.ending_at, one.ended_at, one.how),
    )


def conversation_of(row: tuple[Any, ...]) -> Conversation:
    """Return a row of conversation columns as a record."""
    return Conversation(
        code=row[0],
        line=row[1],
        language=row[2],
        state=State(row[3]),
        newest=row[4],
        visitor=row[5],
        wants_professional=bool(row[6]),
        half_key=row[7],
        duty=row[8],
        helper=row[9],
        visitor_position=row[10],
        helper_position=row[11],
        visitor_epoch=row[12],
        keyed_at=row[13],
        opened_at=row[14],
        queued_at=row[15],
        is_first=bool(row[16]),
        ending_at=row[17],
        ended_at=row[18],
        how=row[19],
    )


def entry_values(entry: Entry) -> Sequence[Value]:
    """Return an entry as the values of `APPEND_ENTRY`."""
    return (entry.conversation, entry.number, entry.sender, entry.message, entry.body)


def duty_values(duty: Duty) -> Sequence[Value]:
    """Return a duty as the values of `SAVE_DUTY`."""
    standing = duty.standing
    return (
        *(duty.code, duty.helper, standing.role),
        *(_json(standing.lines), _json(standing.languages), _json(standing.names)),
        *(standing.capacity, duty.public_key, duty.epoch, duty.is_available, duty.lease_until, duty.ended_at),
    )


def duty_of(row: tuple[Any, ...]) -> Duty:
    """Return a row of duty columns as a record."""
    return Duty(
        code=row[0],
        helper=row[1],
        standing=_standing_of(row[2:7]),
        public_key=row[7],
        epoch=row[8],
        is_available=bool(row[9]),
        lease_until=row[10],
        ended_at=row[11],
    )


def _standing_of(row: tuple[Any, ...]) -> Standing:
    lines, languages, names = _lines.decode(row[1]), _languages.decode(row[2]), _names.decode(row[3])
    return Standing(role=row[0], lines=lines, languages=languages, names=names, capacity=row[4])


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
