"""Every number that bounds the live core, in one table. Times are seconds; tests set them short."""

import math
from typing import Any

import msgspec
from msgspec import Struct

MAX_ENTRIES = 5_000
"""Entries in one log. A long talk has a few hundred; nobody can fill the disk through one grant."""

READ_LIMIT = 200
"""Events in one answer to `read`; who is further behind asks again."""

SHOWN_TO_HELPERS = 200
"""Visitors in one notice of who waits; more than these say no more, and of those who are away fewer still do."""

AWAY_SHOWN = 20
"""How many of them may be away: entries that nobody is behind fill no helper's screen."""

STREAMS_PER_ACTOR = 4
"""Streams of one browser. A fifth means that the oldest is of a connection that nobody has told us is dead."""

SWEPT_AT_ONCE = 100
"""What one sweep takes of each kind that is due; the rest comes with the next, and no message waits for all of it."""

TOLD_AT_ONCE = 10
"""Places in a queue that are told as soon as they change; who stands further back hears it with a heartbeat."""

BATCH = 1_000
"""Operations in one transaction."""

REVOKED_KEPT = 10_000
"""Revoked duties remembered in memory; of those before, the talks store knows that they are over."""

SEATS_KEPT = 20_000
"""Seats of which is remembered in memory which pages took them up ..."""

PAGES_PER_SEAT = 16
"""... and how many of each: a request that was held up is at most so many pages old."""

GONE_KEPT = 10_000
"""Conversations remembered in memory after they have gone, so that a late request opens none of them anew."""


class Limits(Struct, frozen=True, kw_only=True):
    """How long things last and how much of them there may be."""

    ending_lasts: float = 120.0  # both sides fetch what is left
    row_lasts: float = 24 * 3600.0  # the row of an ended conversation, or one that nobody ended
    lease_lasts: float = 60.0  # a console that answered counts as answering so long
    helper_lost_after: float = 180.0  # a console that has not answered for so long is lost: its visitors wait again
    back_after: float = 120.0  # the console alone: who is back after so long is to be checked
    park_after: float = 600.0  # a visitor away for so long may be put back into the queue
    absence_limit: float = 30 * 60.0  # a visitor away for so long is waited for no more
    duty_lingers: float = 600.0  # an ended duty's row outlives every grant given for it

    heartbeat_active: float = 8.0  # in a talk
    heartbeat_waiting: float = 25.0  # in the queue, or on duty without a talk
    answer_within: float = 3.0  # the second heartbeat in a row without an answer: unreachable after this
    gone_after: float = 5.0  # a stream that closed and none came after it: unreachable
    left_after: float = 10.0  # the page said that it leaves, and none came after it: left

    sweep_every: float = 5.0
    queue_notice_every: float = 0.25  # notices of one line are drawn together

    poll_within: float = 30.0  # a poll with nothing to tell is answered after this
    poll_lingers: float = 15.0  # what is polled stands so long without a poll

    stream_queue: int = 256  # events waiting for a slow reader before it is closed ...
    stream_bytes: int = 256 * 1024  # ... and bytes
    body_within: float = 10.0  # seconds that a request's body may take
    send_within: float = 30.0  # seconds that one write to a reader may take
    stop_within: float = 2.0  # a stopping server waits so long for the disk
    max_streams: int = 20_000
    max_pending: int = 10_000  # operations waiting for the writer
    linger: float = 0.003  # the writer waits so long for company when many are coming
    one_by_one_within: float = 5.0  # a batch that failed is committed again piece by piece, so long

    late_exits: int = 1_000  # exits that could not be committed and are tried again at one time
    late_exit_every: float = 1.0
    late_exit_within: float = 60.0  # the last try is about so long after the first

    credits_burst: float = 60.0
    credits_per_second: float = 5.0
    entries_burst: float = 600.0  # conversations opened, by everybody together
    entries_per_second: float = 10.0


class NotALimit(Exception):
    """A text sets no limit: it names none, or its number can't be one."""


def limits_of(text: str) -> Limits:
    """Return the limits with what a text such as `absence_limit=20 park_after=4` sets. Raises NotALimit."""
    values: dict[str, Any] = dict(_limit_of(word) for word in text.split())
    return Limits(**values)


def _limit_of(word: str) -> tuple[str, float]:
    name, _, number = word.partition("=")
    kinds = {field.name: field.type for field in msgspec.structs.fields(Limits)}
    try:
        value: float = kinds[name](number)
    except (KeyError, ValueError) as error:
        raise NotALimit from error
    # Nothing lasts no time, and nothing for ever: a bound that isn't one.
    if not 0 < value < math.inf:
        raise NotALimit
    return name, value
