"""Helpers in the admin: for administrators."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from suoja.people.actions import check_address, check_lines
from suoja.people.aliases import ALIASES
from suoja.people.errors import PeopleError
from suoja.people.models import Helper, only_finnish
from suoja.people.roles import Role

# Roles say who may do what; a second way would let the two disagree.
admin.site.unregister(Group)

# Django's classes take their parameter in the checker's eyes only.
if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Helper]
    _Form = forms.ModelForm[Helper]
else:
    _Admin = admin.ModelAdmin
    _Form = forms.ModelForm


class HelperForm(_Form):
    """An account on one page; a password is written, never read.

    It saves by itself, since Django's admin saves a form and its lines in two steps; the checks are the action's.
    """

    alias = forms.ChoiceField(
        label=_("Alias"),
        required=False,
        choices=lambda: [("", "-"), *((alias, alias) for alias in ALIASES)],
        help_text=_("Shown to visitors. Never the helper's own name."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        initial=only_finnish,
        help_text=_("Visitors are told which language is answered now."),
    )
    new_password = forms.CharField(
        label=_("New password"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Empty: the password stays as it is."),
    )

    class Meta:
        """What an administrator decides."""

        model = Helper
        fields = ("email", "role", "alias", "lines", "languages", "is_active")

    def clean_email(self) -> str:
        """Refuse an address that another account has, in any case of its letters."""
        email: str = self.cleaned_data["email"]
        try:
            check_address(email=email, but=self.instance)
        except PeopleError as error:
            raise ValidationError(_("There is an account with this address.")) from error
        return email

    def clean_new_password(self) -> str:
        """Refuse a weak password, and a new account without one."""
        password: str = self.cleaned_data["new_password"]
        if password:
            validate_password(password, self.instance)
        elif not self.instance.pk:
            raise ValidationError(_("A new account needs a password."))
        return password

    def clean(self) -> dict[str, Any]:
        """Refuse lines that the role can't answer: a peer never gets a line that is not for peers (M22)."""
        cleaned = super().clean() or {}
        if "role" in cleaned and "lines" in cleaned:
            try:
                check_lines(role=Role(cleaned["role"]), lines=list(cleaned["lines"]))
            except PeopleError as error:
                raise ValidationError({"lines": _("This role can't answer on one of these lines.")}) from error
        return cleaned

    def save(self, commit: bool = True) -> Helper:  # noqa: FBT001, FBT002  # Django's signature.
        """Keep the account, and the password when a new one was given."""
        if self.cleaned_data["new_password"]:
            self.instance.set_password(self.cleaned_data["new_password"])
        return super().save(commit)


@admin.register(Helper)
class HelperAdmin(_Admin):
    """Accounts: who, in which role, on which lines."""

    form = HelperForm
    list_display = ("email", "role", "alias", "is_active")
    list_filter = ("role", "is_active")
    search_fields = ("email", "alias")
    ordering = ("email",)
