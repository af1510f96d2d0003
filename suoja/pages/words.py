"""The few words that page.js shows: those of the exit, for when the loader could not be loaded."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise | str] = {
    "cover": _("Loading"),
    "two": _("Press Shift twice more to leave."),
    "one": _("Press Shift once more to leave."),
    "late": _("Time ran out."),
}
