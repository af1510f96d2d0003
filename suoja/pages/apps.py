"""The public pages as a Django app: their templates and their catalogues."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """No tables."""

    name = "suoja.pages"
    label = "pages"
