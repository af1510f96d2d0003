"""What must be true of a talk, whatever happened to it: Jepsen's total queue, with order.

* **acknowledged**: what a page has shown as sent. It must be read by the other side: whatever else is `lost`.
* **attempted**: whatever was typed and sent off, acknowledged or not. What was not acknowledged may be read or not
  (its answer may be what got lost), but nothing else may be read: whatever else is `unexpected`.
* Nothing may be read twice: `duplicated`.
* What is read stands in the order in which it was written: `disordered`.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct


class Verdict(Struct, frozen=True):
    """What is wrong, in one direction; nothing is the only good answer."""

    lost: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    duplicated: tuple[str, ...] = ()
    disordered: tuple[str, ...] = ()


GOOD = Verdict()


def judged(attempted: Sequence[str], acknowledged: Sequence[str], read: Sequence[str]) -> Verdict:
    """Compare what one wrote with what the other reads. Each text is written once only."""
    counts = Counter(read)
    place = {text: at for at, text in enumerate(attempted)}
    places = [place[text] for text in read if text in place]
    return Verdict(
        lost=tuple(text for text in acknowledged if text not in counts),
        unexpected=tuple(text for text in counts if text not in place),
        duplicated=tuple(text for text, count in counts.items() if count > 1),
        disordered=tuple(attempted[b] for a, b in pairwise(places) if b < a),
    )
