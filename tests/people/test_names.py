import pytest

from suoja.people.names import is_alias_from_account, shown_names
from suoja.people.roles import ANSWERING, Role


@pytest.mark.mission("M7")
def test_a_peer_is_recognised_by_one_word_in_every_language() -> None:
    assert shown_names(Role.PEER, "Aino") == {
        "fi": "Chatvertainen Aino",
        "sv": "Kamratstödjare (chatvertainen) Aino",
        "en": "Peer supporter (chatvertainen) Aino",
    }
    assert all("chatvertainen" in name.lower() for name in shown_names(Role.PEER, "Aino").values())


@pytest.mark.mission("M7")
def test_a_professional_never_bears_that_word() -> None:
    names = shown_names(Role.PROFESSIONAL, "Kaisa")
    assert names == {"fi": "Ammattilainen Kaisa", "sv": "Yrkesperson Kaisa", "en": "Professional Kaisa"}


@pytest.mark.parametrize("role", sorted(set(Role) - ANSWERING))
def test_who_answers_nobody_is_shown_by_no_name(role: Role) -> None:
    with pytest.raises(ValueError, match=role.value):
        shown_names(role, "Kaisa")


def test_a_name_is_never_without_its_alias() -> None:
    with pytest.raises(ValueError, match="peer"):
        shown_names(Role.PEER, "")


@pytest.mark.mission("M15")
def test_an_alias_that_stands_in_the_address_gives_somebody_away() -> None:
    assert is_alias_from_account("Kaisa", "kaisa.virtanen@example.org")
    assert is_alias_from_account("Aino", "MAINO@example.org")
    assert not is_alias_from_account("Kaisa", "virtanen@kaisa.example.org")
