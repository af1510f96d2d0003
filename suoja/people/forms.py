"""Forms of the accounts."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Email and password. Every refusal reads the same: who has an account here is not to be found out."""

    username = forms.EmailField(
        label=_("Email"),
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "current-password"}),
    )
    error_messages = {  # noqa: RUF012  # Django's own attribute, which it never changes.
        "invalid_login": _("The email or the password is not right."),
        "inactive": _("The email or the password is not right."),
    }
