"""Helpers as others may have them: fetched and authorised in one call."""

import msgspec
from django.contrib.auth.models import AnonymousUser

from suoja.lib.codes import HelperCode, LineCode
from suoja.lib.errors import NotYours
from suoja.lib.language_codes import Language, in_order
from suoja.people.models import Helper
from suoja.people.names import shown_names
from suoja.people.roles import Role, may_answer


class AnsweringHelper(msgspec.Struct, frozen=True):
    """A helper who may take conversations, with what the live core and visitors may know of them."""

    code: HelperCode
    role: Role
    lines: tuple[LineCode, ...]
    languages: tuple[Language, ...]
    names: dict[str, str]


def answering_helper(account: Helper | AnonymousUser) -> AnsweringHelper:
    """Return the signed-in helper as one who answers visitors.

    Raises NotYours for everybody else: contact persons, coordinators, trainers and administrators see no conversation.
    """
    if not isinstance(account, Helper) or not account.may_take_conversations:
        raise NotYours
    role = account.known_role
    return AnsweringHelper(
        code=account.helper_code,
        role=role,
        lines=lines_answered(account),
        languages=in_order(account.languages),
        names=shown_names(role, account.alias),
    )


def lines_answered(helper: Helper) -> tuple[LineCode, ...]:
    """Return the lines that a helper answers, in order.

    Asked of the line each time: one that was closed to peers after they were given it drops out at once.  # M22
    """
    return tuple(
        line.line_code
        for line in helper.lines.all()
        if may_answer(helper.known_role, peers_may_answer=line.peers_may_answer)
    )
