"""The helpers as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """One table of helpers, and which lines each answers."""

    name = "suoja.people"
