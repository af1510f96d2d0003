"""Public identifiers and secrets."""

import re

from suoja.lib.codes import EntryCode, conversation_of, new_code, new_half_key, visitor_of


def test_a_code_is_url_safe_and_never_repeats() -> None:
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{16}", code) for code in codes)


def test_half_a_key_is_as_long_as_the_whole_key() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", new_half_key())


def test_an_entry_always_makes_the_same_codes_and_another_entry_others() -> None:
    entries = [EntryCode(new_code() + new_code()) for _ in range(1000)]
    codes = [make(entry) for make in (conversation_of, visitor_of) for entry in entries]
    assert len(set(codes)) == 2000
    again = [make(entry) for make in (conversation_of, visitor_of) for entry in entries]
    assert not set(codes).symmetric_difference(again)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{16}", code) for code in codes)


def test_an_entrys_codes_are_these_in_every_version() -> None:
    # A browser may ask again after an upgrade, and has to find its conversation.
    entry = EntryCode("AAECAwQFBgcICQoLDA0ODw")
    assert (conversation_of(entry), visitor_of(entry)) == ("SDlywlmR_xAaTvSt", "cXFe3JuHP9ncdJrL")
