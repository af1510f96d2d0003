"""Roles and what each may do: data, asked by pure questions."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What somebody is in the service; one account has one role."""

    PROFESSIONAL = "professional", _("professional")
    PEER = "peer", _("peer supporter (chatvertainen)")
    CONTACT_PERSON = "contact_person", _("contact person")
    CHAT_COORDINATOR = "chat_coordinator", _("chat coordinator")
    TRAINER = "trainer", _("trainer")
    ADMINISTRATOR = "administrator", _("administrator")


ANSWERING = frozenset({Role.PROFESSIONAL, Role.PEER})
"""The roles that hold conversations with visitors."""

_EVERYTHING = frozenset({"add", "change", "delete", "view"})
_ADMIN_MAY = {"people.helper": _EVERYTHING, "lines.line": _EVERYTHING}


def may_answer(role: Role, *, peers_may_answer: bool) -> bool:
    """Say whether a role may answer on a line, given whether peers may.  # M22."""
    return role == Role.PROFESSIONAL or (role == Role.PEER and peers_may_answer)


def has_permission(role: Role, permission: str) -> bool:
    """Say whether a role has one of Django's permissions, such as `people.change_helper`."""
    app, _, rest = permission.partition(".")
    verb, _, model = rest.partition("_")
    return role == Role.ADMINISTRATOR and verb in _ADMIN_MAY.get(f"{app}.{model}", ())


def has_app_permissions(role: Role, app: str) -> bool:
    """Say whether a role may do anything in an app's admin."""
    return role == Role.ADMINISTRATOR and any(model.startswith(f"{app}.") for model in _ADMIN_MAY)
