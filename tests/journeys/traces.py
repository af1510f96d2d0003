"""Looks for words in files as they might stand there: as they are, in UTF-16, in base64, in Firefox's packed files."""

import base64
from collections.abc import Iterable
from pathlib import Path

PACKED = b"mozLz40\0"
"""How a file of Firefox's tabs begins; behind it stand four bytes of length and one LZ4 block."""


def forms_of(word: str) -> list[bytes]:
    """Return a word as it would stand in a file: as text, and each of these in base64 at its three alignments."""
    texts = [word.encode(), word.encode("utf-16-le")]
    aligned = [base64.b64encode(b"\0" * shift + text) for text in texts for shift in range(3)]
    # The outer characters hold bits of the neighbours.
    return [*texts, *(text.rstrip(b"=")[4:-4] for text in aligned)]


def files_with(words: Iterable[str], files: Iterable[Path]) -> list[str]:
    """Return the names of the files that hold one of the words."""
    forms = [form for word in words for form in forms_of(word)]
    return [path.name for path in files if _holds(path, forms)]


def files_below(folder: Path) -> list[Path]:
    """Return every file of a folder, however deep."""
    return [path for path in folder.rglob("*") if path.is_file()]


def _holds(path: Path, forms: list[bytes]) -> bool:
    try:
        content = path.read_bytes()
    except OSError:  # A browser's lock, or a file that has gone meanwhile.
        return False
    if content.startswith(PACKED):
        content += unpacked(content[len(PACKED) + 4 :])
    return any(form in content for form in forms)


def unpacked(block: bytes) -> bytes:
    """Return what an LZ4 block holds: runs of literal bytes, each followed by a copy of what came before."""
    out, at = bytearray(), 0
    while at < len(block):
        token = block[at]
        length, at = _length(block, at + 1, token >> 4)
        out += block[at : at + length]
        at += length
        if at >= len(block):
            break
        distance = int.from_bytes(block[at : at + 2], "little")
        length, at = _length(block, at + 2, token & 15)
        # A copy may overlap what it writes.
        for _ in range(length + 4):
            out.append(out[-distance])
    return bytes(out)


def _length(block: bytes, at: int, nibble: int) -> tuple[int, int]:
    """Return a length that goes on in further bytes while they are 255, and where it ends."""
    length = nibble
    if nibble == 15:
        while True:
            length += block[at]
            at += 1
            if block[at - 1] != 255:
                break
    return length, at
