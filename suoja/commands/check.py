"""`suoja check`: say everything that would keep `suoja serve` from starting, and change nothing."""

from argparse import Namespace

from django.core.checks import WARNING

from suoja.commands.prepare import NotReady, say, start_django, stores_not_ready


def run(_options: Namespace) -> int:
    """Ask every check and both databases. Return 0 when all is well."""
    problems = problems_found()
    say("\n".join(problems) or "All is well.")
    return 1 if problems else 0


def problems_found() -> list[str]:
    """Return what is wrong with the settings; when nothing is, what is wrong with the databases."""
    try:
        start_django(fail_level=WARNING)
    except NotReady as reason:
        return [str(reason)]
    return stores_not_ready()
