"""What the service refuses to start with: one table of rules, each with an id, a sentence and a hint.

A setting whose promise this version can't keep is refused, never ignored (docs/decisions/0011). Rules that matter only
to a process that serves are asked by `suoja demo`, `serve` and `check`, the others by every command.
docs/operate/settings.md says what each setting means. The file is long because each rule takes seven lines; it reads as
a list.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.checks import CheckMessage, Error

from suoja.health import has_assets
from suoja.lib.environment import sqlite_path
from suoja.lib.promises import (
    is_network,
    is_neutral_site,
    is_origin,
    is_own_machine,
    is_weak_secret,
)
from suoja.lib.state import NotAnInstant, demo_state_in, instant_of, is_open_to_others
from suoja.live.limits import NotALimit, limits_of

HTTP_TOO = frozenset({"https", "http"})


class Rule(NamedTuple):
    """A promise: how to ask whether it is broken, and what to say then."""

    id: str
    is_for_serving: bool
    is_broken: Callable[[], bool]
    message: str
    hint: str


# ---- questions -----------------------------------------------------------------------------------------------------


def secret_is_weak() -> bool:
    """No key, or one that could be guessed."""
    return is_weak_secret(settings.SUOJA_SECRET_KEY)


def secret_file_is_open() -> bool:
    """The key's file can be read by others on this machine."""
    return is_open_to_others(settings.SUOJA_SECRET_KEY_FILE)


def hosts_are_open() -> bool:
    """Any host name would be answered, or none."""
    return not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS


def staff_host_is_unknown() -> bool:
    """Helpers' pages would be reachable under no name."""
    return bool(settings.SUOJA_STAFF_HOST) and settings.SUOJA_STAFF_HOST not in settings.ALLOWED_HOSTS


def stores_are_elsewhere() -> bool:
    """A database address that is not a file of SQLite."""
    urls = (settings.SUOJA_DATABASE_URL, settings.SUOJA_TALKS_DATABASE_URL)
    return any(url and sqlite_path(url) is None for url in urls)


def stores_are_one() -> bool:
    """Both stores in one file: a backup without the talks would be impossible."""
    return bool(settings.DATABASES["default"]["NAME"] == settings.DATABASES["talks"]["NAME"])


def demo_hours_are_asked() -> bool:
    """Hours that this version does not know."""
    return settings.SUOJA_DEMO_HOURS not in {"", "always"}


def demo_settings_stand_outside_a_demo() -> bool:
    """Settings that move a real service's hours."""
    return not settings.SUOJA_DEMO and bool(settings.SUOJA_CLOCK or settings.SUOJA_DEMO_HOURS)


def clock_is_no_instant() -> bool:
    """A clock that can't be read, or that means another instant in each time zone."""
    try:
        if settings.SUOJA_CLOCK:
            instant_of(settings.SUOJA_CLOCK)
    except NotAnInstant:
        return True
    return False


def exit_is_not_neutral() -> bool:
    """An exit that could show where somebody came from, or whose browser it is.  # safety 6."""
    url = settings.SUOJA_EXIT_URL
    return not is_neutral_site(url) and not (settings.SUOJA_DEMO and is_own_machine(url))


def frame_hosts_are_no_origins() -> bool:
    """A list that a browser would read otherwise than the operator.  # safety 34."""
    schemes = HTTP_TOO if settings.SUOJA_DEMO else frozenset({"https"})
    return not all(is_origin(host, schemes=schemes) for host in settings.SUOJA_FRAME_HOSTS)


def cookies_are_insecure() -> bool:
    """A session that plain http would carry."""
    return not settings.SUOJA_DEMO and not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE)


def state_is_a_demos() -> bool:
    """Accounts with a published password behind a real address."""
    return not settings.SUOJA_DEMO and demo_state_in(settings.SUOJA_VAR) is not None


def state_is_open() -> bool:
    """The state directory, or a database that lies elsewhere, can be read by others on this machine."""
    stores = [Path(str(store["NAME"])) for store in settings.DATABASES.values()]
    elsewhere = [store for store in stores if settings.SUOJA_VAR not in store.parents]
    return any(map(is_open_to_others, [settings.SUOJA_VAR, *elsewhere]))


def limits_are_none() -> bool:
    """Limits that are unknown, or that would bound nothing."""
    try:
        limits_of(settings.SUOJA_LIMITS)
    except NotALimit:
        return True
    return False


def messages_are_not_compiled() -> bool:
    """Pages that would silently be in English."""
    folders = [path for path in settings.BASE_DIR.glob("**/locale/*/LC_MESSAGES") if path.is_dir()]
    return not folders or not all((path / "django.mo").exists() for path in folders)


# ---- the table -----------------------------------------------------------------------------------------------------

ALWAYS, SERVING = False, True

RULES = (
    Rule(
        "suoja.E001",
        SERVING,
        secret_is_weak,
        "There is no secret key, or a weak one.",
        "Leave SUOJA_SECRET_KEY out: `suoja serve` makes one in the state directory. Or give 50 random characters.",
    ),
    Rule(
        "suoja.E002",
        SERVING,
        secret_file_is_open,
        "The secret key's file can be read by others.",
        "chmod 600 on SUOJA_SECRET_KEY_FILE.",
    ),
    Rule(
        "suoja.E003",
        SERVING,
        hosts_are_open,
        "SUOJA_HOSTS does not say under which names the service answers.",
        "List the host names, such as SUOJA_HOSTS=chat.example.org; a * is not one.",
    ),
    Rule(
        "suoja.E004",
        SERVING,
        staff_host_is_unknown,
        "SUOJA_STAFF_HOST is not one of SUOJA_HOSTS.",
        "Add it to SUOJA_HOSTS.",
    ),
    Rule(
        "suoja.E005",
        ALWAYS,
        stores_are_elsewhere,
        "This version keeps its two stores in SQLite alone.",
        "Leave SUOJA_DATABASE_URL and SUOJA_TALKS_DATABASE_URL out, or write sqlite:///path.",
    ),
    Rule(
        "suoja.E006",
        ALWAYS,
        stores_are_one,
        "Both stores are in one file.",
        "Give SUOJA_DATABASE_URL and SUOJA_TALKS_DATABASE_URL different files.",
    ),
    Rule(
        "suoja.E007",
        ALWAYS,
        lambda: bool(settings.SUOJA_BUS_URL),
        "This version has no bus between processes.",
        "Leave SUOJA_BUS_URL out and run one process.",
    ),
    Rule(
        "suoja.E008",
        ALWAYS,
        lambda: settings.WORKERS > 1,
        "More than one worker would each know only their own streams.",
        "Run one process: take WEB_CONCURRENCY away.",
    ),
    Rule(
        "suoja.E009",
        ALWAYS,
        lambda: settings.SUOJA_ADDRESS_RETENTION != "conversation",
        "This version keeps no visitor's address, not even for the conversation.",
        "Leave SUOJA_ADDRESS_RETENTION out.",
    ),
    Rule(
        "suoja.E010",
        ALWAYS,
        lambda: bool(settings.SUOJA_KEY_DIR),
        "This version keeps no keys outside its state directory.",
        "Leave SUOJA_KEY_DIR out.",
    ),
    Rule(
        "suoja.E011",
        ALWAYS,
        lambda: settings.SUOJA_REQUIRE_SECOND_FACTOR != "0",
        "This version can't ask helpers for a second factor.",
        "Leave SUOJA_REQUIRE_SECOND_FACTOR out, and keep helpers' pages behind SUOJA_STAFF_HOST until it can.",
    ),
    Rule(
        "suoja.E012",
        ALWAYS,
        lambda: bool(settings.SUOJA_MAIL_URL),
        "This version sends no mail.",
        "Leave SUOJA_MAIL_URL out.",
    ),
    Rule(
        "suoja.E013",
        ALWAYS,
        demo_hours_are_asked,
        "SUOJA_DEMO_HOURS asks for hours that this version does not know: its lines are always open.",
        "Leave it out, or write SUOJA_DEMO_HOURS=always.",
    ),
    Rule(
        "suoja.E014",
        ALWAYS,
        demo_settings_stand_outside_a_demo,
        "SUOJA_CLOCK and SUOJA_DEMO_HOURS are for demos and tests.",
        "Take them away: a real service lives in real time.",
    ),
    Rule(
        "suoja.E015",
        ALWAYS,
        clock_is_no_instant,
        "SUOJA_CLOCK is not an instant.",
        "Write it in ISO 8601 with an offset, such as 2024-06-19T12:00:00+03:00.",
    ),
    Rule(
        "suoja.E016",
        SERVING,
        exit_is_not_neutral,
        "SUOJA_EXIT_URL does not lead to a neutral site over HTTPS.",
        "Leave it out (the weather), or choose one of suoja.lib.promises.NEUTRAL_SITES.",
    ),
    Rule(
        "suoja.E017",
        SERVING,
        frame_hosts_are_no_origins,
        "SUOJA_FRAME_HOSTS holds something that is not an origin.",
        "Write origins alone, such as https://www.example.org: no path, no wildcard.",
    ),
    Rule(
        "suoja.E018",
        SERVING,
        lambda: not all(is_network(proxy) for proxy in settings.SUOJA_TRUSTED_PROXIES),
        "SUOJA_TRUSTED_PROXIES holds something that is not an address or a network.",
        "List the proxies' own addresses: whoever is trusted here can claim to be anybody.",
    ),
    Rule(
        "suoja.E019",
        SERVING,
        lambda: settings.DEBUG,
        "DEBUG is on: its pages show settings and what was sent.",
        "Take DEBUG away.",
    ),
    Rule(
        "suoja.E020",
        SERVING,
        cookies_are_insecure,
        "Helpers' cookies would travel over plain http.",
        "Leave SESSION_COOKIE_SECURE and CSRF_COOKIE_SECURE as they are.",
    ),
    Rule(
        "suoja.E021",
        SERVING,
        state_is_a_demos,
        "The state directory was made by `suoja demo`: its accounts have a published password.",
        "Give a real service a SUOJA_VAR of its own.",
    ),
    Rule(
        "suoja.E022",
        SERVING,
        lambda: not has_assets(),
        "The front end has not been built.",
        "Run `make build`; an installed wheel holds it.",
    ),
    Rule(
        "suoja.E023",
        SERVING,
        messages_are_not_compiled,
        "The translations have not been compiled.",
        "Run `make build`; an installed wheel holds them.",
    ),
    Rule(
        "suoja.E024",
        SERVING,
        state_is_open,
        "The state directory, or a database outside of it, can be read by others.",
        "chmod 700 on SUOJA_VAR, chmod 600 on the database. Is SUOJA_VAR a directory of its own?",
    ),
    Rule(
        "suoja.E025",
        ALWAYS,
        limits_are_none,
        "SUOJA_LIMITS sets something that is not a limit.",
        "Write names of suoja/live/limits.py with a number above 0, such as SUOJA_LIMITS='absence_limit=1200'.",
    ),
)


def check_of(rule: Rule) -> Callable[..., list[CheckMessage]]:
    """Return a rule in the form that Django's checks have."""

    def check(**_context: object) -> list[CheckMessage]:
        return [Error(rule.message, hint=rule.hint, id=rule.id)] if rule.is_broken() else []

    return check
