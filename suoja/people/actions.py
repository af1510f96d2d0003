"""Everything that writes helpers' accounts."""

from collections.abc import Collection, Sequence

from django.db import transaction

from suoja.lines.models import Line
from suoja.people.aliases import new_alias
from suoja.people.errors import AddressTaken, LineNotForPeers, RoleAnswersNobody
from suoja.people.models import Helper
from suoja.people.roles import ANSWERING, Role, may_answer


def create_helper(
    *,
    email: str,
    password: str,
    role: Role,
    lines: Sequence[Line] = (),
    languages: Collection[str] = ("fi",),
    alias: str = "",
) -> Helper:
    """Make an account. Whoever answers visitors gets an alias from the list unless one is given.

    Raises AddressTaken; LineNotForPeers and RoleAnswersNobody for lines that the role can't have; NoAliasLeft;
    ValidationError for an address or alias that can't be, and for languages that are none or not the service's.
    """
    check_lines(role=role, lines=lines)
    email = Helper.objects.normalize_email(email)
    check_address(email=email)
    helper = Helper(email=email, role=role, alias=alias or _alias_for(role, email), languages=list(languages))
    helper.set_password(password)
    helper.full_clean()
    with transaction.atomic():
        helper.save()
        helper.lines.set(lines)
    return helper


def check_address(*, email: str, but: Helper | None = None) -> None:
    """Refuse an address that an account has, in any case of its letters. Raises AddressTaken."""
    others = Helper.objects.exclude(pk=but.pk) if but else Helper.objects.all()
    if others.filter(email__iexact=email).exists():
        raise AddressTaken


def check_lines(*, role: Role, lines: Sequence[Line]) -> None:
    """Refuse lines that a role can't answer. Raises LineNotForPeers (M22) or RoleAnswersNobody."""
    if lines and role not in ANSWERING:
        raise RoleAnswersNobody
    if not all(may_answer(role, peers_may_answer=line.peers_may_answer) for line in lines):
        raise LineNotForPeers


def _alias_for(role: Role, email: str) -> str:
    if role not in ANSWERING:
        return ""
    return new_alias(frozenset(Helper.objects.active().values_list("alias", flat=True)), email)
