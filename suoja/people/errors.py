"""What can be wrong with a helper's account, for those who make it."""


class PeopleError(Exception):
    """Anything that makes an account impossible; the text names no person."""


class LineNotForPeers(PeopleError):
    """A peer never answers on this line.  # M22."""


class RoleAnswersNobody(PeopleError):
    """Somebody of this role holds no conversations, so has no lines."""


class AddressTaken(PeopleError):
    """There is an account with this address."""


class NoAliasLeft(PeopleError):
    """Every name on the list is in use by an active helper, or stands in this account's address."""
