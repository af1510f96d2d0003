"""Who else helps, as data: numbers and names change, and each says on which day it was checked.

For now the short list that every visitor sees; an operator confirms it before the service opens.
"""

from datetime import date

from msgspec import Struct


class Words(Struct, frozen=True):
    """A text in the service's three languages."""

    fi: str
    sv: str
    en: str

    def spoken_in(self, language: str) -> str:
        """Return the text in a language; Finnish is the original."""
        text: str = {"sv": self.sv, "en": self.en}.get(language, self.fi)
        return text


class HelpNumber(Struct, frozen=True):
    """Somebody who answers. The number is grouped as people write it, in each language its own where they differ."""

    code: str
    name: Words
    about: Words
    number: Words
    checked_on: date
    """The day on which it was compared with what those who answer say of themselves."""


class ShownNumber(Struct, frozen=True):
    """The same in one language; mirrors `OtherHelp` in frontend/src/widget/data.ts."""

    name: str
    about: str
    number: str

    @property
    def dialled(self) -> str:
        """The number as a phone takes it."""
        return self.number.replace(" ", "")


HELP_NUMBERS = (
    HelpNumber(
        code="emergency",
        name=Words("Hätänumero", "Nödnumret", "Emergency number"),
        about=Words("Kun joku on vaarassa nyt", "När någon är i fara nu", "When someone is in danger now"),
        number=Words("112", "112", "112"),
        checked_on=date(2026, 11, 24),
    ),
    HelpNumber(
        code="nollalinja",
        name=Words("Nollalinja", "Nollinjen", "Nollalinja"),
        about=Words(
            "Vastaa aina, maksuton, ei näy puhelinlaskussa",
            "Svarar dygnet runt, gratis, syns inte på telefonräkningen",
            "Answers at any hour, free, not on the phone bill",
        ),
        number=Words("080 005 005", "080 005 005", "080 005 005"),
        checked_on=date(2026, 11, 24),
    ),
    HelpNumber(
        code="young",
        name=Words("Lasten ja nuorten puhelin", "Barn- och ungdomstelefonen", "Phone for children and young people"),
        about=Words("Alle 18-vuotiaille", "För dig under 18 år, på svenska", "For you under 18, in Finnish"),
        number=Words("116 111", "0800 96 116", "116 111"),
        checked_on=date(2026, 11, 24),
    ),
)


def numbers_shown(language: str) -> tuple[ShownNumber, ...]:
    """Return the list in one language, the most urgent first. # safety 14"""
    return tuple(
        ShownNumber(entry.name.spoken_in(language), entry.about.spoken_in(language), entry.number.spoken_in(language))
        for entry in HELP_NUMBERS
    )
