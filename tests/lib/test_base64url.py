import pytest
from hypothesis import given
from hypothesis import strategies as st

from suoja.lib import base64url


@given(st.binary(max_size=100))
def test_bytes_survive_the_round_trip(data: bytes) -> None:
    assert base64url.decode(base64url.encode(data)) == data


@pytest.mark.parametrize("text", ["AA==", "A", "A A", "AA\n", "AB", "+A", "/A", "ä", "AAA="])
def test_bytes_have_one_spelling(text: str) -> None:
    with pytest.raises(base64url.NotBase64url):
        base64url.decode(text)
