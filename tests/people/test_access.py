import pytest
from django.contrib.auth.models import AnonymousUser

from suoja.lib.errors import NotYours
from suoja.lines.models import Line
from suoja.people.access import answering_helper, lines_answered
from suoja.people.models import Helper


def test_a_signed_in_professional_is_one_who_answers(professional: Helper) -> None:
    helper = answering_helper(professional)
    assert helper.code == professional.code
    assert helper.lines == ("adults", "young")
    assert helper.languages == ("fi", "sv")
    assert helper.names["en"] == "Professional Kaisa"


@pytest.mark.safety(42)
@pytest.mark.parametrize("role", ["contact_person", "chat_coordinator", "trainer", "administrator"])
def test_nobody_else_answers(role: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotYours):
        answering_helper(request.getfixturevalue(role))


@pytest.mark.django_db
def test_neither_does_one_who_is_not_signed_in() -> None:
    with pytest.raises(NotYours):
        answering_helper(AnonymousUser())


def test_nor_one_whose_account_is_closed(professional: Helper) -> None:
    professional.is_active = False
    with pytest.raises(NotYours):
        answering_helper(professional)


@pytest.mark.mission("M22")
def test_a_line_that_is_closed_to_peers_drops_out_at_once(peer: Helper, adults: Line, young: Line) -> None:
    assert lines_answered(peer) == ("adults",)
    peer.lines.add(young)
    assert lines_answered(peer) == ("adults",)
    Line.objects.filter(pk=adults.pk).update(peers_may_answer=False)
    assert lines_answered(peer) == ()
