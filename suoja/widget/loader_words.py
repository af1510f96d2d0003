"""The words of the launcher and the panel: rendered into both files in every language, so they need no request."""

from django.utils import translation
from django.utils.translation import gettext as _
from msgspec import Struct

from suoja.directory.help_numbers import HELP_NUMBERS, numbers_shown


class LoaderWords(Struct, frozen=True):
    """Mirrors `LoaderWords` in frontend/src/loader/config.ts."""

    open: str
    cover: str
    left: tuple[str, str, str]


class PanelWords(Struct, frozen=True):
    """Mirrors `PanelWords` in frontend/src/loader/config.ts."""

    chat: str
    exit: str
    close: str
    page: str
    wait: str
    help: tuple[tuple[str, str], ...]


def loader_words(language: str) -> LoaderWords:
    """Return the launcher's words: few and short, for each page of a host carries them."""
    with translation.override(language):
        return LoaderWords(
            open=_("Open chat"),
            cover=_("Loading"),
            left=(
                _("Time ran out."),
                _("Press Shift once more to leave."),
                _("Press Shift twice more to leave."),
            ),
        )


def panel_words(language: str) -> PanelWords:
    """Return the panel's words."""
    with translation.override(language):
        return PanelWords(
            chat=_("Chat"),
            exit=_("Exit this page"),
            close=_("Minimise"),
            page=_("Open the chat on its own page"),
            wait=_("The chat is opening. If it does not open, you can call."),
            help=tuple((shown.name, shown.number) for shown in numbers_shown(language)),
        )


def help_in_short() -> tuple[str, ...]:
    """Return numbers for when nothing of ours can be reached: short, and the same in every language. # safety 16"""
    return tuple(
        entry.number.fi if entry.code != "nollalinja" else f"{entry.name.fi} {entry.number.fi}"
        for entry in HELP_NUMBERS
    )
