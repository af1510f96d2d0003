"""`suoja tick`: what has to happen now and then, whoever asks for it: delete what is due, shorten the logs on disk."""

from argparse import Namespace

from suoja.commands.prepare import NotReady, has_stores, say, start_django, stores_not_ready
from suoja.lib import clock

NO_STATE = "There is no state here yet, so nothing is due: `suoja serve` makes it, in the same SUOJA_VAR."


def run(_options: Namespace) -> int:
    """Do everything that is due. Return the exit code."""
    try:
        start_django(is_serving=False)
        if not has_stores():
            raise NotReady(NO_STATE)  # noqa: TRY301  # Every way of not being ready ends the same.
        if problems := stores_not_ready():
            raise NotReady("\n".join(problems))  # noqa: TRY301  # As above.
    except NotReady as reason:
        say(str(reason))
        return 1
    from suoja.conversations.purge import purge  # noqa: PLC0415  # Models exist only from here on.
    from suoja.people.purge import purge_people  # noqa: PLC0415  # As above.

    now = clock.now()
    say(f"talks: {purge(now)}")
    say(f"people: {purge_people(now)}")
    return 0
