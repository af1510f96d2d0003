"""The languages of the service by their codes, for those who know no Django."""

from collections.abc import Collection
from typing import Final, Literal

Language = Literal["fi", "sv", "en"]

LANGUAGES: Final[tuple[Language, ...]] = ("fi", "sv", "en")
"""In the order in which they are always listed."""


def in_order(languages: Collection[str]) -> tuple[Language, ...]:
    """Return the given languages once each, in the order of `LANGUAGES`; what isn't one of them is left out."""
    return tuple(language for language in LANGUAGES if language in languages)
