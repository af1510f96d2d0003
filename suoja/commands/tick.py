"""`suoja tick`: what has to happen now and then, whoever asks for it: delete what is due, shorten the logs on disk."""

from argparse import Namespace

from suoja.commands.prepare import NotReady, say, start_django, stores_not_ready
from suoja.lib import clock


def run(_options: Namespace) -> int:
    """Do everything that is due. Return the exit code."""
    try:
        start_django(is_serving=False)
        if problems := stores_not_ready():
            raise NotReady("\n".join(problems))  # noqa: TRY301  # Both ways of not being ready end the same.
    except NotReady as reason:
        say(str(reason))
        return 1
    from suoja.conversations.purge import purge  # noqa: PLC0415  # Models exist only from here on.
    from suoja.people.purge import purge_people  # noqa: PLC0415  # As above.

    now = clock.now()
    say(f"talks: {purge(now)}")
    say(f"people: {purge_people(now)}")
    return 0
