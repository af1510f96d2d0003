"""Padding and cutting: the golden texts, and what holds for every text."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suoja.lib import padding
from suoja.lib.padding import LARGEST_COUNTER, LARGEST_TEXT, Spoken

GOLDEN = Path(__file__).parent.parent / "golden" / "crypto"


class Text(msgspec.Struct, frozen=True):
    name: str
    parts: list[tuple[str, int]]
    pieces: list[int]


class Split(msgspec.Struct, frozen=True):
    texts: list[Text]


SPLIT = msgspec.json.decode((GOLDEN / "split.json").read_bytes(), type=Split)

texts = st.text(st.characters(codec="utf-8"))
counters = st.integers(0, LARGEST_COUNTER)


@given(counters, texts)
def test_what_is_padded_is_unpadded(counter: int, text: str) -> None:
    padded = padding.pad(Spoken(counter, text))
    assert padded is not None
    assert len(padded) in padding.BUCKETS
    assert padding.unpad(padded) == Spoken(counter, text)


@given(st.binary(max_size=300))
def test_one_text_has_one_padded_form(start: bytes) -> None:
    for size in padding.BUCKETS:
        padded = start[:size].ljust(size, b"\0")
        spoken = padding.unpad(padded)
        assert spoken is None or padding.pad(spoken) == padded


def test_a_short_text_hides_its_length() -> None:
    padded = [padding.pad(Spoken(1, "x" * length)) for length in range(251)]
    assert {len(one) for one in padded if one is not None} == {256}


def test_a_text_that_does_not_fit_is_refused_counted_in_bytes() -> None:
    assert padding.pad(Spoken(1, "ä" * (LARGEST_TEXT // 2))) is not None
    assert padding.pad(Spoken(1, "ä" * (LARGEST_TEXT // 2 + 1))) is None


@pytest.mark.parametrize("counter", [-1, LARGEST_COUNTER + 1])
def test_a_counter_has_32_bits(counter: int) -> None:
    with pytest.raises(ValueError, match="counter"):
        padding.pad(Spoken(counter, "Hei"))


def test_what_was_said_does_not_show_in_a_log() -> None:
    assert "Hei" not in repr(Spoken(1, "Hei"))


@pytest.mark.parametrize("case", SPLIT.texts, ids=lambda case: case.name)
def test_golden_texts_are_cut_alike(case: Text) -> None:
    text = "".join(part * times for part, times in case.parts)
    pieces = padding.split_text(text)
    assert "".join(pieces) == text
    assert [len(piece.encode()) for piece in pieces] == case.pieces


@given(st.lists(st.tuples(texts, st.integers(1, 2000)), max_size=4))
def test_cutting_loses_nothing_and_each_piece_fits(parts: list[tuple[str, int]]) -> None:
    text = "".join(part * times for part, times in parts)[:20_000]
    pieces = padding.split_text(text)
    assert "".join(pieces) == text
    assert all(0 < len(piece.encode()) <= LARGEST_TEXT for piece in pieces)
