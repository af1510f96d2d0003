import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from suoja.people.models import Helper
from suoja.people.roles import Role


def test_an_account_holds_no_name_and_no_time_of_the_last_sign_in() -> None:
    columns = {field.column for field in Helper._meta.concrete_fields}
    assert columns == {"id", "password", "email", "code", "role", "alias", "is_active", "languages"}


def test_a_professional_and_a_peer_take_conversations(professional: Helper, peer: Helper) -> None:
    assert professional.may_take_conversations
    assert peer.may_take_conversations


def test_a_contact_person_and_a_coordinator_take_none(contact_person: Helper, chat_coordinator: Helper) -> None:
    assert not contact_person.may_take_conversations
    assert not chat_coordinator.may_take_conversations


def test_a_closed_account_takes_none(professional: Helper) -> None:
    professional.is_active = False
    assert not professional.may_take_conversations


def test_an_address_is_found_however_it_is_capitalised(professional: Helper) -> None:
    assert Helper.objects.get_by_natural_key("Professional@Example.org") == professional


def test_two_accounts_never_differ_in_the_case_of_their_address_alone(professional: Helper) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Helper.objects.create(email=professional.email.upper(), role=Role.TRAINER)
    with pytest.raises(ValidationError):
        Helper(email=professional.email.upper(), role=Role.TRAINER).validate_constraints()


@pytest.mark.mission("M7")
def test_two_active_helpers_never_share_an_alias(professional: Helper, peer: Helper) -> None:
    peer.alias = professional.alias
    with pytest.raises(ValidationError):
        peer.full_clean()
    professional.is_active = False
    professional.save()
    peer.full_clean()


@pytest.mark.mission("M15")
def test_an_alias_that_stands_in_the_address_is_refused(professional: Helper) -> None:
    professional.email = "kaisa.v@example.org"
    with pytest.raises(ValidationError) as refused:
        professional.full_clean()
    assert list(refused.value.message_dict) == ["alias"]


def test_whoever_answers_visitors_has_an_alias(professional: Helper) -> None:
    professional.alias = ""
    with pytest.raises(ValidationError):
        professional.full_clean()


@pytest.mark.safety(11)
@pytest.mark.parametrize("languages", [[], ["de"], ["fi", "Swedish"], "fi"])
def test_a_helper_writes_at_least_one_of_the_chats_languages(professional: Helper, languages: object) -> None:
    professional.languages = languages
    with pytest.raises(ValidationError) as refused:
        professional.full_clean()
    assert list(refused.value.message_dict) == ["languages"]
    professional.languages = ["en", "fi"]
    professional.full_clean()


def test_an_administrator_alone_opens_the_admin(administrator: Helper, professional: Helper) -> None:
    assert administrator.is_staff
    assert administrator.has_perms(["people.change_helper", "lines.view_line"])
    assert administrator.has_module_perms("people")
    assert not professional.is_staff
    assert not professional.has_perm("people.view_helper")
    assert not professional.has_module_perms("people")


def test_a_closed_account_has_no_rights(administrator: Helper) -> None:
    administrator.is_active = False
    assert not administrator.has_perm("people.view_helper")


@pytest.mark.django_db
def test_the_first_administrator_can_be_made_from_the_terminal() -> None:
    administrator = Helper.objects.create_superuser(email="first@example.org", password="a long enough secret")
    assert administrator.role == Role.ADMINISTRATOR
    assert administrator.check_password("a long enough secret")
    assert str(administrator) == "first@example.org"
