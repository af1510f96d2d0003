"""The house itself as Django apps: its templates, files and checks, and the admin under the house's own sign-in."""

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.core.checks import register

from suoja.lib import clock
from suoja.lib.state import shift_in


class SuojaConfig(AppConfig):
    """What every process does once, whichever command started it."""

    name = "suoja"

    def ready(self) -> None:
        """Take the clock that the state was started with, and let the checks be asked."""
        # Whatever command this is: `suoja tick` in real time over a demo of last year would find everything overdue.
        clock.shift_by(shift_in(settings.SUOJA_VAR))
        from suoja import checks  # noqa: PLC0415  # Models, which some checks ask, exist only from here on.

        for rule in checks.RULES:
            register(checks.check_of(rule), deploy=rule.is_for_serving)


class SuojaAdminConfig(AdminConfig):
    """Django's admin, with our sign-in in front of it."""

    default_site = "suoja.people.admin_site.HouseAdminSite"
