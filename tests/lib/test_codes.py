"""Public identifiers and secrets."""

import re

from suoja.lib.codes import new_code, new_half_key


def test_a_code_is_url_safe_and_never_repeats() -> None:
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{16}", code) for code in codes)


def test_half_a_key_is_as_long_as_the_whole_key() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", new_half_key())
