import pytest

from suoja.people.aliases import ALIASES, free_aliases, new_alias
from suoja.people.errors import NoAliasLeft


def test_the_list_is_long_and_has_no_name_twice() -> None:
    assert len(ALIASES) == len(set(ALIASES)) > 100


@pytest.mark.mission("M15")
def test_a_name_that_is_taken_or_ones_own_is_not_free() -> None:
    free = free_aliases(frozenset({"Aino"}), "kaisa@example.org")
    assert not {"Aino", "Kaisa"} & set(free)
    assert "Elina" in free


def test_a_new_alias_is_one_of_the_free() -> None:
    taken = frozenset(ALIASES) - {"Elina"}
    assert new_alias(taken, "somebody@example.org") == "Elina"


def test_when_every_name_is_taken_there_is_none() -> None:
    with pytest.raises(NoAliasLeft):
        new_alias(frozenset(ALIASES), "somebody@example.org")
