"""A helper's account: an address to sign in with, a role, an alias, and nothing else about the person."""

from collections.abc import Iterable

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from suoja.lib.codes import HelperCode, new_code
from suoja.lib.language_codes import LANGUAGES
from suoja.lines.models import Line
from suoja.people.names import is_alias_from_account
from suoja.people.roles import ANSWERING, Role, has_app_permissions, has_permission


def only_finnish() -> list[str]:
    """Return what a helper writes unless somebody says otherwise."""
    return ["fi"]


class HelperManager(BaseUserManager["Helper"]):
    """Finds helpers; making one is an action (people/actions.py)."""

    def get_by_natural_key(self, username: str | None) -> "Helper":
        """Find by address, however it is capitalised: people sign in from phones."""
        return self.get(email__iexact=username)

    def create_superuser(self, *, email: str, password: str) -> "Helper":
        """Make the first administrator, for Django's command of this name."""
        administrator = self.model(email=self.normalize_email(email), role=Role.ADMINISTRATOR)
        administrator.set_password(password)
        administrator.save(using=self._db)
        return administrator

    def active(self) -> "models.QuerySet[Helper]":
        """Return those whose accounts are open."""
        return self.filter(is_active=True)


class Helper(AbstractBaseUser):
    """Somebody who works in the service. Django's own word for it is "user"; ours is not."""

    email = models.EmailField(_("email"), unique=True)
    code = models.CharField(max_length=64, unique=True, default=new_code, editable=False)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    # Shown to visitors; never the own name, so that nobody can be looked for.  # M15
    alias = models.CharField(_("alias"), max_length=30, blank=True)
    lines = models.ManyToManyField(Line, verbose_name=_("lines"), blank=True)
    # Which languages they write: visitors are told before the first message which is answered now.
    languages = models.JSONField(_("languages"), default=only_finnish)
    is_active = models.BooleanField(_("account is open"), default=True)
    # When somebody last signed in is nobody's business: the column does not exist.
    last_login = None

    objects = HelperManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        """One account for an address, however it is capitalised: people sign in by it, from phones.

        Aliases are unique among those whose accounts are open: a visitor must not meet two of one name.
        """

        verbose_name = _("helper")
        verbose_name_plural = _("helpers")
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="email_is_unique_in_any_case",
                violation_error_message=_("There is an account with this address."),
            ),
            models.UniqueConstraint(
                fields=["alias"],
                condition=models.Q(is_active=True) & ~models.Q(alias=""),
                name="alias_is_unique_among_active",
                violation_error_message=_("Another helper is shown by this name."),
            ),
        )

    def __str__(self) -> str:
        """Name the account where helpers are listed to administrators."""
        return self.email

    @property
    def helper_code(self) -> HelperCode:
        """The code as the type that the live core speaks."""
        return HelperCode(self.code)

    @property
    def known_role(self) -> Role:
        """The role as a Role."""
        return Role(self.role)

    @property
    def may_take_conversations(self) -> bool:
        """Whether this helper answers visitors at all."""
        return self.is_active and self.role in ANSWERING and bool(self.alias)

    @property
    def is_staff(self) -> bool:
        """Answer Django's question: may this account open the admin."""
        return self.role == Role.ADMINISTRATOR

    def has_perm(self, permission: str, _obj: object = None) -> bool:
        """Answer Django's question from the role."""
        return self.is_active and has_permission(self.known_role, permission)

    def has_perms(self, permissions: Iterable[str], obj: object = None) -> bool:
        """Answer Django's question from the role."""
        return all(self.has_perm(permission, obj) for permission in permissions)

    def has_module_perms(self, app_label: str) -> bool:
        """Answer Django's question from the role."""
        return self.is_active and has_app_permissions(self.known_role, app_label)

    def clean(self) -> None:
        """Refuse an alias that is missing or gives the account away (M15), and languages that aren't the service's."""
        super().clean()
        if not (self.languages and all(language in LANGUAGES for language in self.languages)):
            raise ValidationError({"languages": _("Choose at least one of the languages of the chat.")})
        if self.role in ANSWERING and not self.alias:
            raise ValidationError({"alias": _("Whoever answers visitors needs an alias.")})
        if self.alias and is_alias_from_account(self.alias, self.email):
            raise ValidationError({"alias": _("This alias is part of the address: choose another one.")})
