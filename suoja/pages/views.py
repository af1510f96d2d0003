"""The public pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from suoja.directory.help_numbers import numbers_shown
from suoja.lib import clock
from suoja.lib.languages import path_without_language
from suoja.lib.security import with_frame
from suoja.pages.front import chats_shown
from suoja.pages.words import WORDS

# A language is shown under its own name, to those who read it. # safety 22
LANGUAGES = (("fi", "Suomi"), ("sv", "Svenska"), ("en", "English"))


@require_safe
@with_frame
def front(request: HttpRequest) -> HttpResponse:
    """Draw the front page, with the chat in its corner through the very loader that other sites use. # M4"""
    chats = chats_shown(clock.now())
    context = {
        "chats": chats,
        "is_open": any(chat.state == "open" for chat in chats),
        # The number in the sentence is the link that calls it.
        "emergency": gettext("In an emergency, call 112.").partition("112"),
        "help": numbers_shown(get_language() or "fi"),
        "exit_url": settings.SUOJA_EXIT_URL,
        "languages": [(code, name, _in_language(request.path, code)) for code, name in LANGUAGES],
        "data": {"exit": settings.SUOJA_EXIT_URL, "words": {key: str(text) for key, text in WORDS.items()}},
    }
    return render(request, "pages/front.html", context)


def _in_language(path: str, code: str) -> str:
    """Return the same page's address in another language."""
    bare = path_without_language(path)
    return bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}"
