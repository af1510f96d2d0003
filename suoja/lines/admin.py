"""Lines in the admin: for administrators."""

from typing import TYPE_CHECKING

from django.contrib import admin

from suoja.lines.models import Line

# Django's class takes its parameter in the checker's eyes only.
if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Line]
else:
    _Admin = admin.ModelAdmin


@admin.register(Line)
class LineAdmin(_Admin):
    """All of a line on one page."""

    list_display = ("code", "name_fi", "peers_may_answer", "order")
