from datetime import timedelta

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session

from suoja.lib import clock
from suoja.people.models import Helper
from suoja.people.purge import ADMIN_LOG_LIFETIME, PeoplePurged, purge_people

DAY = timedelta(days=1)


def test_sessions_that_are_over_go(administrator: Helper) -> None:
    moment = clock.now()
    Session.objects.create(session_key="old", session_data="", expire_date=moment - DAY)
    Session.objects.create(session_key="new", session_data="", expire_date=moment + DAY)
    assert administrator.pk
    purge_people(moment)
    assert [session.session_key for session in Session.objects.all()] == ["new"]


def test_the_admins_log_goes_after_a_year(administrator: Helper) -> None:
    moment = clock.now()
    kind = ContentType.objects.get_for_model(Helper)
    for age in (ADMIN_LOG_LIFETIME + DAY, ADMIN_LOG_LIFETIME - DAY):
        LogEntry.objects.create(user=administrator, content_type=kind, action_flag=CHANGE, action_time=moment - age)
    assert purge_people(moment) == PeoplePurged(admin_log=1)
    assert LogEntry.objects.count() == 1
