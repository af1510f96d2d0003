"""Django's settings, read from the environment. What each SUOJA_ setting means: docs/operate/settings.md.

Nothing here judges a value: suoja/checks.py does, with an id and a hint, and the service refuses to start.
The defaults are those of a real service behind HTTPS; `suoja demo` alone sets SUOJA_DEMO and loosens what
plain http on one's own machine can't keep.
"""

import hashlib
import os
import secrets
from pathlib import Path

from suoja.lib.environment import secret_in, secret_key_file, sqlite_path, state_directory, words_of

BASE_DIR = Path(__file__).parent

# ---- the operator's settings ---------------------------------------------------------------------------------------

SUOJA_DEMO = os.environ.get("SUOJA_DEMO", "") == "1"
SUOJA_VAR = state_directory(os.environ)

SUOJA_HOSTS = words_of(os.environ.get("SUOJA_HOSTS", ""))
SUOJA_STAFF_HOST = os.environ.get("SUOJA_STAFF_HOST", "")
SUOJA_TRUSTED_PROXIES = words_of(os.environ.get("SUOJA_TRUSTED_PROXIES", ""))
SUOJA_FRAME_HOSTS = words_of(os.environ.get("SUOJA_FRAME_HOSTS", ""))
# The weather tells nobody anything about the one who reads it.
SUOJA_EXIT_URL = os.environ.get("SUOJA_EXIT_URL") or "https://www.ilmatieteenlaitos.fi/"

SUOJA_DATABASE_URL = os.environ.get("SUOJA_DATABASE_URL", "")
SUOJA_TALKS_DATABASE_URL = os.environ.get("SUOJA_TALKS_DATABASE_URL", "")
SUOJA_BUS_URL = os.environ.get("SUOJA_BUS_URL", "")
SUOJA_KEY_DIR = os.environ.get("SUOJA_KEY_DIR", "")
SUOJA_MAIL_URL = os.environ.get("SUOJA_MAIL_URL", "")
SUOJA_ADDRESS_RETENTION = os.environ.get("SUOJA_ADDRESS_RETENTION") or "conversation"
SUOJA_REQUIRE_SECOND_FACTOR = os.environ.get("SUOJA_REQUIRE_SECOND_FACTOR") or "0"

# What process managers call the number of workers.
WORKERS = int(os.environ.get("WEB_CONCURRENCY") or 1)

# How long things last, where it is not as suoja/live/limits.py has it.
SUOJA_LIMITS = os.environ.get("SUOJA_LIMITS", "")

SUOJA_CLOCK = os.environ.get("SUOJA_CLOCK", "")
SUOJA_DEMO_HOURS = os.environ.get("SUOJA_DEMO_HOURS", "")

# ---- the secret ----------------------------------------------------------------------------------------------------

SUOJA_SECRET_KEY_FILE = secret_key_file(os.environ)
SUOJA_SECRET_KEY = os.environ.get("SUOJA_SECRET_KEY") or secret_in(SUOJA_SECRET_KEY_FILE)
# Without a key, Django's own commands get one that dies with the process; a check keeps it from ever serving.
SECRET_KEY = SUOJA_SECRET_KEY or secrets.token_urlsafe(48)
# Grants are signed under a key of their own: neither secret can be learned from the other's signatures.
SUOJA_GRANT_SECRET = hashlib.blake2b(
    hashlib.sha512(SECRET_KEY.encode()).digest(), digest_size=32, person=b"grant secret"
).hexdigest()

# ---- the house -----------------------------------------------------------------------------------------------------

DEBUG = False
ROOT_URLCONF = "suoja.urls"
# ".localhost" lets a demo play both the organisation's page and the chat, under two names of one machine.
ALLOWED_HOSTS = SUOJA_HOSTS or (["127.0.0.1", "[::1]", ".localhost"] if SUOJA_DEMO else [])

INSTALLED_APPS = [
    "suoja.apps.SuojaConfig",
    "suoja.apps.SuojaAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "suoja.lines",
    "suoja.people",
    "suoja.conversations",
    "suoja.pages",
    "suoja.widget",
    "suoja.console",
]

MIDDLEWARE = [
    "suoja.lib.security.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "suoja.lib.static_files.StaticFiles",
    "suoja.lib.security.StaffHost",
    "suoja.lib.languages.LanguageOfAddress",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "suoja.lib.template_tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# ---- the two stores ------------------------------------------------------------------------------------------------

# FULL: an acknowledged message is on the disk. secure_delete: what is deleted is overwritten (M12).
_PRAGMAS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;"


def _sqlite(url: str, file: str) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": sqlite_path(url) or SUOJA_VAR / file,
        # IMMEDIATE: a transaction that will write asks for the lock at once, so it waits instead of failing.
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 5, "init_command": _PRAGMAS},
    }


DATABASES = {
    "default": _sqlite(SUOJA_DATABASE_URL, "suoja.sqlite3"),
    "talks": _sqlite(SUOJA_TALKS_DATABASE_URL, "talks.sqlite3"),
}
DATABASE_ROUTERS = ["suoja.lib.stores.TwoStores"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- helpers' sign-in ----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Helper"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "people:login"
LOGIN_REDIRECT_URL = "/console/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# ---- cookies (helpers only) and transport --------------------------------------------------------------------------

_COOKIE_PREFIX = "" if SUOJA_DEMO else "__Host-"
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}session"
SESSION_COOKIE_SECURE = not SUOJA_DEMO
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# A working day, and not beyond the browser's closing: consoles stand on shared desks.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}csrf"
# None: gone with the browser, as the session is.
CSRF_COOKIE_AGE = None
CSRF_COOKIE_SECURE = not SUOJA_DEMO
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "suoja.views.form_expired"

SECURE_HSTS_SECONDS = 0 if SUOJA_DEMO else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# Other sites learn nothing from our links. "no-referrer" would hide no more from them, and would take the origin off
# the exit's beacon, by which the server knows that it comes from a page of ours.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS = [
    # frame-ancestors on every response says it better; suoja.lib.security adds X-Frame-Options where it agrees.
    "security.W002",
    # The proxy that holds the certificate redirects: nothing but its own requests reaches this process.
    "security.W008",
]
# Forms here are short; uploads do not exist.
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024

# ---- words, time, files --------------------------------------------------------------------------------------------

USE_I18N = True
LANGUAGE_CODE = "fi"
# Each by its own name: who looks for it reads it.
LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"

STATIC_URL = "/static/"
# Files are served from where the packages hold them, so nothing has to be collected before a start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# Nothing of ours is for other origins but the loader, which has a view of its own.
WHITENOISE_ALLOW_ALL_ORIGINS = False
# The build puts a hash into each name of ours but the loader's, the panel's and the manifest's.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+/suoja/[a-z]+-[A-Z0-9]{8}\.[a-z0-9]+$"

# ---- logs: constant event names and counts; never an address, a name, a token or a text ----------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # Each refusal would be logged with its path, and a wrong host with the name that somebody typed.
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["nowhere"], "level": "CRITICAL", "propagate": False},
        "uvicorn.access": {"handlers": ["nowhere"], "level": "CRITICAL", "propagate": False},
    },
}
