"""The address alone decides the language: no prefix is Finnish, /sv/ and /en/ are what they say.

Neither a cookie nor the browser's own language takes part: a page that is sent to somebody shows them the same words,
and nothing about a visitor has to be read or kept.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

View = Callable[[HttpRequest], HttpResponseBase]


def language_of_path(path: str) -> str:
    """Return the language of an address: that of its first part when it is one of ours, else Finnish."""
    first = path.strip("/").partition("/")[0]
    prefixed = {code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE}
    return first if first in prefixed else settings.LANGUAGE_CODE


def path_without_language(path: str) -> str:
    """Return an address without its language, as Finnish has it."""
    language = language_of_path(path)
    return path if language == settings.LANGUAGE_CODE else path.removeprefix(f"/{language}") or "/"


class LanguageOfAddress:
    """Middleware: each request speaks its address's language, and says so."""

    def __init__(self, get_response: View) -> None:
        """Keep the rest of the chain."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the language of the address."""
        language = language_of_path(request.path_info)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self._get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
