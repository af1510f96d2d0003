"""The plaintext of a message: counter and text, padded to one of three sizes; and the cutting of longer texts.

The same rules as frontend/src/crypto/padding.ts and text.ts, held together by tests/golden/crypto/.
"""

import struct
from dataclasses import dataclass

# An observer learns one of three sizes, not whether the answer was "yes" or "no".
BUCKETS = (256, 1024, 4096)
# u16 length of what follows before the zeros, u32 counter of the sender.
_HEAD = struct.Struct(">HI")
_COUNTER_BYTES = 4
_LENGTH_BYTES = 2
# A fixed list, so that the browser cuts at the very same places.
_SPACES = " \n\t"

LARGEST_TEXT = BUCKETS[-1] - _HEAD.size
LARGEST_COUNTER = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True, repr=False)
class Spoken:
    """A text and its sender's own count of messages. Without a repr: a text never lands in a log."""

    counter: int
    text: str


def pad(spoken: Spoken) -> bytes | None:
    """Return length, counter, text and zeros up to a bucket; None if the text is too long for the largest.

    A counter that isn't an unsigned 32-bit number, or a text that UTF-8 can't hold, is a `ValueError`.
    """
    if not 0 <= spoken.counter <= LARGEST_COUNTER:
        message = "a counter is an unsigned 32-bit number"
        raise ValueError(message)
    encoded = spoken.text.encode()
    if len(encoded) > LARGEST_TEXT:
        return None
    content = _HEAD.pack(_COUNTER_BYTES + len(encoded), spoken.counter) + encoded
    return content.ljust(_bucket(len(content)), b"\0")


def unpad(padded: bytes) -> Spoken | None:
    """Take only what `pad` makes, to the last zero: one text has one padded form and no room for anything hidden."""
    if len(padded) not in BUCKETS:
        return None
    length, counter = _HEAD.unpack_from(padded)
    end = _LENGTH_BYTES + length
    if not _HEAD.size <= end <= len(padded) or _bucket(end) != len(padded) or any(padded[end:]):
        return None
    try:
        return Spoken(counter, padded[_HEAD.size : end].decode())
    except UnicodeDecodeError:
        return None


def split_text(text: str) -> list[str]:
    """Return pieces that fit an envelope, in order; joined they are the text again.

    A piece ends after white space where there is any in its second half, else between two code points. An empty text
    has no piece.
    """
    pieces = []
    while text:
        end = _piece_end(text)
        pieces.append(text[:end])
        text = text[end:]
    return pieces


def _piece_end(text: str) -> int:
    size = after_space = 0
    for at, char in enumerate(text):
        size += len(char.encode())
        if size > LARGEST_TEXT:
            return after_space or at
        if char in _SPACES and size * 2 > LARGEST_TEXT:
            after_space = at + 1
    return len(text)


def _bucket(length: int) -> int:
    return next(size for size in BUCKETS if length <= size)
