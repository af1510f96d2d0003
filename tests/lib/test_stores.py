from django.contrib.sessions.models import Session

from suoja.conversations.models import Conversation
from suoja.lib.stores import TwoStores

ROUTER = TwoStores()


def test_talks_live_in_the_talks_store_and_nothing_else_does() -> None:
    assert ROUTER.db_for_read(Conversation) == ROUTER.db_for_write(Conversation) == "talks"
    assert ROUTER.db_for_read(Session) == ROUTER.db_for_write(Session) == "default"


def test_each_table_is_made_in_its_own_store_only() -> None:
    assert ROUTER.allow_migrate("talks", "conversations")
    assert not ROUTER.allow_migrate("default", "conversations")
    assert ROUTER.allow_migrate("default", "people")
    assert not ROUTER.allow_migrate("talks", "people")


def test_nothing_joins_the_two_stores() -> None:
    assert not ROUTER.allow_relation(Conversation(), Session())
    assert ROUTER.allow_relation(Session(), Session())
