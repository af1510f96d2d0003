"""The widget as a Django app: its templates and its catalogues."""

from django.apps import AppConfig


class WidgetConfig(AppConfig):
    """No tables: a visitor is nobody here."""

    name = "suoja.widget"
    label = "widget"
