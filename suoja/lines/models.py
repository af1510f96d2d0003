"""A line: one of the chats, as visitors and helpers know it."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from suoja.lib.codes import LineCode

# Never `young` in an address: the code travels in bodies only, and stays out of a shared phone's history.
_is_code = RegexValidator(r"^[a-z][a-z0-9-]{0,31}$", _("Small letters, digits and hyphens."))


class Line(models.Model):
    """A chat of its own: whom it is for, in three languages, and whether peers answer it (M3)."""

    code = models.CharField(_("code"), max_length=32, unique=True, validators=[_is_code])
    order = models.PositiveSmallIntegerField(_("place in lists"), default=0)
    # Denied unless said otherwise: a new line for the young must not get peers by an oversight.  # M22
    peers_may_answer = models.BooleanField(_("peers may answer"), default=False)
    name_fi = models.CharField(_("name in Finnish"), max_length=60)
    name_sv = models.CharField(_("name in Swedish"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)
    audience_fi = models.CharField(_("for whom, in Finnish"), max_length=200)
    audience_sv = models.CharField(_("for whom, in Swedish"), max_length=200)
    audience_en = models.CharField(_("for whom, in English"), max_length=200)

    class Meta:
        """In the order in which visitors see them."""

        ordering = ("order", "code")
        verbose_name = _("line")
        verbose_name_plural = _("lines")

    def __str__(self) -> str:
        """Show the name in the language of the page."""
        return self.name

    @property
    def line_code(self) -> LineCode:
        """The code as the type that the live core speaks."""
        return LineCode(self.code)

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self._in_language("name")

    @property
    def audience(self) -> str:
        """For whom the line is, in the language of the page."""
        return self._in_language("audience")

    def _in_language(self, field: str) -> str:
        language = get_language() or "fi"
        text: str = getattr(self, f"{field}_{language}")
        return text
