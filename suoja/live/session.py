"""Who may send what: the kind of grant for each command, how far a grant reaches, and how fast it may go. No I/O.

A grant proves who asks. Whether the thing can be done now is the journal's to say, inside the committing transaction.
"""

from msgspec import Struct

from suoja.lib.errors import NotYours, TooFast, Unauthorised, UnsupportedProtocol
from suoja.lib.grants import AnyGrant, HelperGrant, VisitorGrant
from suoja.live.operations import Actor, ByHelper, ByVisitor
from suoja.live.wire import PROTOCOL, Command, Say

SERVED = frozenset({PROTOCOL})
"""Versions of the wire that are served: this one and, when there is one, the one before."""

Kinds = tuple[type[AnyGrant], ...]

MAY: dict[str, Kinds] = {
    "open": (),  # anybody: there is no grant before
    "resume": (VisitorGrant,),
    "events": (VisitorGrant, HelperGrant),
    "read": (VisitorGrant, HelperGrant),
    "here": (VisitorGrant, HelperGrant),
    "say": (VisitorGrant, HelperGrant),
    "key": (VisitorGrant,),
    "typing": (VisitorGrant, HelperGrant),
    "end": (VisitorGrant, HelperGrant),
    "park": (HelperGrant,),
    "on-duty": (HelperGrant,),
    "available": (HelperGrant,),
    "accept": (HelperGrant,),
    "close": (HelperGrant,),
    "off-duty": (HelperGrant,),
}
"""Command → the grants that may send it. An exit grant may send none: it opens /live/exit alone."""


def authorise(name: str, grant: AnyGrant | None) -> None:
    """Raise Unauthorised without a grant, NotYours with one of another kind."""
    kinds = MAY[name]
    if not kinds:
        return
    if grant is None:
        raise Unauthorised
    if not isinstance(grant, kinds):
        raise NotYours


def check(command: Command, grant: AnyGrant | None) -> None:
    """Raise what is wrong with a command whatever the state: its protocol, or a conversation beyond the grant."""
    if getattr(command, "protocol", PROTOCOL) not in SERVED:
        raise UnsupportedProtocol
    conversation = getattr(command, "conversation", None)
    if conversation is not None and isinstance(grant, VisitorGrant) and grant.conversation != conversation:
        raise NotYours


def actor_of(grant: VisitorGrant | HelperGrant, epoch: int) -> Actor:
    """Return who a grant proves its bearer to be, and which of their pages says to be speaking."""
    if isinstance(grant, VisitorGrant):
        return ByVisitor(grant.participant, epoch)
    return ByHelper(grant.duty, epoch)


# --- credits --------------------------------------------------------------------------------------------------------


def cost_of(command: Command) -> float:
    """Return how many credits a command takes: one, or one for each message in it."""
    return float(len(command.messages)) if isinstance(command, Say) else 1.0


def key_of(grant: AnyGrant) -> str:
    """Return under which key a grant's credits are counted: all grants of one duty share them."""
    return grant.duty if isinstance(grant, HelperGrant) else grant.participant


class Bucket(Struct, frozen=True):
    """Credits at an instant; they grow back with time."""

    credits: float
    at: float


def taken(bucket: Bucket | None, cost: float, now: float, *, burst: float, per_second: float) -> Bucket:
    """Return the bucket after a request. Raises TooFast when its credits are used up for now."""
    grown = burst if bucket is None else min(burst, bucket.credits + (now - bucket.at) * per_second)
    if grown < cost:
        raise TooFast
    return Bucket(grown - cost, now)


class Credits:
    """The buckets of many keys, in memory. Full ones are forgotten, so the table is as large as its traffic."""

    def __init__(self, burst: float, per_second: float) -> None:
        """Set how much may come at once, and how fast it grows back."""
        self._burst, self._per_second = burst, per_second
        self._buckets: dict[str, Bucket] = {}
        self._tidy_at = 0.0

    def take(self, key: str, cost: float, now: float) -> None:
        """Take credits. Raises TooFast."""
        if now >= self._tidy_at:
            self._tidy(now)
        bucket = self._buckets.get(key)
        self._buckets[key] = taken(bucket, cost, now, burst=self._burst, per_second=self._per_second)

    def _tidy(self, now: float) -> None:
        fills_in = self._burst / self._per_second
        self._buckets = {key: bucket for key, bucket in self._buckets.items() if now - bucket.at < fills_in}
        self._tidy_at = now + fills_in
