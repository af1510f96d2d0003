"""Two stores: what the service is (people, lines) and what passes through it (talks) never share a file.

A backup that leaves the talks out is then a backup of one file, and pages never wait for messages.
"""

TALKS_APP = "conversations"
TALKS = "talks"
DEFAULT = "default"


class TwoStores:
    """Django's database router: the app `conversations` lives in `talks`, everything else in `default`."""

    def db_for_read(self, model: type, **_hints: object) -> str:
        """Return the store of a model."""
        return store_of(_app_label(model))

    def db_for_write(self, model: type, **_hints: object) -> str:
        """Return the store of a model."""
        return store_of(_app_label(model))

    def allow_relation(self, one: object, other: object, **_hints: object) -> bool:
        """Nothing joins the two stores: talks know people and lines by code."""
        return store_of(_app_label(type(one))) == store_of(_app_label(type(other)))

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:
        """Keep each table in its own store only."""
        return db == store_of(app_label)


def store_of(app_label: str) -> str:
    """Return the name of the database in which an app's tables live."""
    return TALKS if app_label == TALKS_APP else DEFAULT


def _app_label(model: type) -> str:
    return str(model._meta.app_label)  # type: ignore[attr-defined]  # noqa: SLF001  # Django's public door to it.
