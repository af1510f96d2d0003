import pytest
from django.core.exceptions import ValidationError

from suoja.lines.models import Line
from suoja.people.actions import create_helper
from suoja.people.aliases import ALIASES
from suoja.people.errors import AddressTaken, LineNotForPeers, RoleAnswersNobody
from suoja.people.models import Helper
from suoja.people.roles import Role

PASSWORD = "sill-and-window-lamp"


def test_a_professional_answers_both_lines(adults: Line, young: Line) -> None:
    helper = create_helper(email="new@example.org", password=PASSWORD, role=Role.PROFESSIONAL, lines=[adults, young])
    assert list(helper.lines.all()) == [adults, young]
    assert helper.check_password(PASSWORD)


@pytest.mark.mission("M22")
def test_a_peer_answers_the_adults_line_and_never_the_childrens(adults: Line, young: Line) -> None:
    create_helper(email="one@example.org", password=PASSWORD, role=Role.PEER, lines=[adults])
    with pytest.raises(LineNotForPeers):
        create_helper(email="two@example.org", password=PASSWORD, role=Role.PEER, lines=[adults, young])
    assert not Helper.objects.filter(email="two@example.org").exists()


def test_a_contact_person_answers_no_line(adults: Line) -> None:
    with pytest.raises(RoleAnswersNobody):
        create_helper(email="c@example.org", password=PASSWORD, role=Role.CONTACT_PERSON, lines=[adults])


@pytest.mark.safety(11)
@pytest.mark.django_db
def test_a_helper_writes_finnish_unless_told_otherwise_and_never_nothing() -> None:
    made = create_helper(email="one@example.org", password=PASSWORD, role=Role.PROFESSIONAL)
    assert made.languages == ["fi"]
    given = create_helper(email="two@example.org", password=PASSWORD, role=Role.PEER, languages=("sv", "en"))
    assert given.languages == ["sv", "en"]
    for none in ((), ("de",)):
        with pytest.raises(ValidationError):
            create_helper(email="three@example.org", password=PASSWORD, role=Role.PEER, languages=none)


@pytest.mark.mission("M15")
def test_an_alias_comes_from_the_list_and_not_from_the_account(professional: Helper) -> None:
    helper = create_helper(email="elina@example.org", password=PASSWORD, role=Role.PROFESSIONAL)
    assert helper.alias in ALIASES
    assert helper.alias not in {professional.alias, "Elina"}


@pytest.mark.django_db
def test_who_answers_nobody_gets_no_alias() -> None:
    assert create_helper(email="c@example.org", password=PASSWORD, role=Role.CONTACT_PERSON).alias == ""


def test_an_address_has_one_account(professional: Helper) -> None:
    with pytest.raises(AddressTaken):
        create_helper(email=professional.email.upper(), password=PASSWORD, role=Role.TRAINER)


@pytest.mark.django_db
def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ValidationError):
        create_helper(email="nowhere", password=PASSWORD, role=Role.TRAINER)
