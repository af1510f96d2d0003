"""The name that visitors see: who somebody is to them, and an alias (M7). Nothing of the account is in it (M15)."""

from typing import Final

from suoja.people.roles import ANSWERING, Role

# The Finnish word stays in every language: a visitor recognises a peer by it.  # M7
_TITLES: Final[dict[Role, dict[str, str]]] = {
    Role.PROFESSIONAL: {"fi": "Ammattilainen", "sv": "Yrkesperson", "en": "Professional"},
    Role.PEER: {
        "fi": "Chatvertainen",
        "sv": "Kamratstödjare (chatvertainen)",
        "en": "Peer supporter (chatvertainen)",
    },
}


def shown_names(role: Role, alias: str) -> dict[str, str]:
    """Return the name shown to visitors by language code. Raises ValueError for a role that answers nobody."""
    if role not in ANSWERING or not alias:
        raise ValueError(role)
    return {language: f"{title} {alias}" for language, title in _TITLES[role].items()}


def is_alias_from_account(alias: str, email: str) -> bool:
    """Say whether an alias gives away what stands in the account's address.  # M15."""
    return alias.casefold() in email.partition("@")[0].casefold()
