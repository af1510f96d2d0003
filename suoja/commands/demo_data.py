"""The demo's accounts: made when they are missing, never changed afterwards."""

from typing import NamedTuple

from suoja.lib.language_codes import Language
from suoja.lines.models import Line
from suoja.people.actions import create_helper
from suoja.people.models import Helper
from suoja.people.roles import Role

PASSWORD = "suoja-demo"  # noqa: S105  # Published: docs and the start of each demo say it.


class DemoAccount(NamedTuple):
    """One account: the alias is fixed, so that pictures and stories name the same people."""

    email: str
    role: Role
    lines: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ("fi",)
    alias: str = ""


DEMO_ACCOUNTS = (
    DemoAccount("professional@example.org", Role.PROFESSIONAL, ("adults", "young"), ("fi", "sv", "en"), "Kaisa"),
    DemoAccount("professional2@example.org", Role.PROFESSIONAL, ("adults", "young"), ("fi", "en"), "Elina"),
    DemoAccount("coordinator@example.org", Role.CHAT_COORDINATOR, languages=("fi", "sv")),
    DemoAccount("peer@example.org", Role.PEER, ("adults",), ("fi",), "Aino"),
    DemoAccount("contact@example.org", Role.CONTACT_PERSON),
)


def ensure_demo_accounts() -> None:
    """Make the accounts that are missing; a second start keeps what somebody has changed."""
    existing = set(Helper.objects.values_list("email", flat=True))
    for account in DEMO_ACCOUNTS:
        if account.email not in existing:
            create_helper(
                email=account.email,
                password=PASSWORD,
                role=account.role,
                lines=list(Line.objects.filter(code__in=account.lines)),
                languages=account.languages,
                alias=account.alias,
            )


def accounts_told() -> list[str]:
    """Return one line for each account, for the terminal: who it is and what it can do."""
    width = max(len(account.email) for account in DEMO_ACCOUNTS)
    return [
        f"  {account.email:<{width}}  {account.role.value.replace('_', ' ')}, {_what_it_does(account)}"
        for account in DEMO_ACCOUNTS
    ]


def _what_it_does(account: DemoAccount) -> str:
    if account.lines:
        return f"answers: {', '.join(account.lines)}"
    return "can only sign in: the pages of this role come in later steps"
