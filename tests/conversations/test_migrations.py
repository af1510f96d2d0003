"""What happens to talks that live through an upgrade."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from pytest_django import DjangoDbBlocker

from suoja.conversations.journal import SqlStorage
from suoja.lib.codes import LineCode
from tests.conversations.talks import connections_to

BEFORE = [("conversations", "0002_duty_languages")]
ROW = """
    INSERT INTO conversations_conversation (code, line, language, state, newest, visitor, wants_professional, half_key,
        duty, helper, visitor_position, helper_position, opened_at)
    VALUES (%s, 'adults', 'fi', %s, %s, 'visitor', 0, 'half', %s, %s, 0, 0, %s)
"""
ROWS = [
    ("late", "waiting", 1, None, None, 20),
    ("early", "waiting", 1, None, None, 10),
    ("talk", "active", 5, "duty", "helper", 5),
]


def upgraded(file: Path) -> None:
    """Make a store as it was, with talks in it, and bring it to what it is."""
    connection = connections["talks"] = connections_to(file)["talks"]
    MigrationExecutor(connection).migrate(BEFORE)
    with connection.cursor() as cursor:
        for row in ROWS:
            cursor.execute(ROW, row)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("conversations"))
    connection.close()


def test_places_stay_and_a_running_talk_can_still_be_sealed_to(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock():
        with ThreadPoolExecutor(1) as thread:
            thread.submit(upgraded, tmp_path / "talks.sqlite3").result()
        storage = SqlStorage(connections_to(tmp_path / "talks.sqlite3"))
        assert [one.code for one in storage.waiting(LineCode("adults"))] == ["early", "late"]
        [talk] = [one for one in storage.living() if one.code == "talk"]
        assert (talk.visitor_epoch, talk.keyed_at, talk.queued_at, talk.is_first) == (1, 2, 5, False)
        storage.close()
