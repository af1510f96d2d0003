"""The lines as a Django app."""

from django.apps import AppConfig


class LinesConfig(AppConfig):
    """One table: the lines themselves."""

    name = "suoja.lines"
