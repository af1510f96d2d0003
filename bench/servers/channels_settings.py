"""The Channels baseline's settings: SQLite as we have it (WAL, FULL), and the layer that needs no other server."""

import os
from pathlib import Path

SECRET_KEY = "of no service"  # noqa: S105  # It signs nothing.
INSTALLED_APPS = ["bench.servers.archive"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": Path(os.environ["BENCH_VAR"]) / "archive.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;",
        },
    }
}
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
