"""The one error tree."""

from collections.abc import Iterator

from suoja.lib import errors
from suoja.lib.errors import SuojaError


def every_error(root: type[SuojaError] = SuojaError) -> Iterator[type[SuojaError]]:
    """Yield each error below the root of the tree."""
    for error in root.__subclasses__():
        yield error
        yield from every_error(error)


def test_every_error_has_a_machine_code_of_its_own() -> None:
    tree = [error for error in every_error() if error.__module__ == errors.__name__]
    codes = [error.code for error in tree]
    assert len(set(codes)) == len(codes) > 15
    assert all(code.replace("_", "").isalpha() and code.islower() for code in codes)


def test_every_error_has_a_status_that_says_whose_fault_it_is() -> None:
    for error in every_error():
        assert 400 <= error.status < 500 or error is errors.Unavailable


def test_only_a_lost_grant_and_a_lost_conversation_wipe_a_browser() -> None:
    wiping = {error.code for error in every_error() if error.status in {401, 410}}
    assert wiping == {"unauthorised", "gone"}
