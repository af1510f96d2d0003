"""The chat: in a frame of other sites' pages, and as a page of its own."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from suoja.directory.help_numbers import numbers_shown
from suoja.lib import clock
from suoja.lib.security import framed
from suoja.widget.data import Mode, widget_data
from suoja.widget.words import NOTICE, NOTICE_YOUNG


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Draw the chat as a page of its own, with its own way out."""
    return _chat(request, "page")


@require_safe
@framed
def frame(request: HttpRequest) -> HttpResponse:
    """Draw the chat for the loader's frame; the way out is in the page around it. # safety 1"""
    return _chat(request, "frame")


def _chat(request: HttpRequest, mode: Mode) -> HttpResponse:
    context = {
        "data": widget_data(mode, clock.now()),
        "exit_url": settings.SUOJA_EXIT_URL if mode == "page" else None,
        "help": numbers_shown(get_language() or "fi"),
        "notices": [[str(line).split("*") for line in lines] for lines in (NOTICE, NOTICE_YOUNG)],
        "emergency": gettext("In an emergency, call 112.").partition("112"),
    }
    return render(request, "widget/chat.html", context)
