"""The console as a Django app: its templates and its catalogues."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """No tables: a talk lives in the talks store and in the helper's browser."""

    name = "suoja.console"
    label = "console"
