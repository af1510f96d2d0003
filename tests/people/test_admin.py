import pytest
from django.test import Client
from django.utils.translation import override

from suoja.lib.security import CSP
from suoja.lines.models import Line
from suoja.people.admin import HelperForm
from suoja.people.models import Helper

NEW = "a lamp on the sill of dusk"


def form_for(helper: Helper | None = None, **data: object) -> HelperForm:
    return HelperForm(
        data={"email": "new@example.org", "is_active": True, "alias": "", "languages": ["fi"], **data}, instance=helper
    )


def test_an_administrator_makes_an_account(adults: Line) -> None:
    form = form_for(role="peer", alias="Venla", lines=[adults.pk], new_password=NEW)
    assert form.is_valid(), form.errors
    helper = form.save()
    assert helper.check_password(NEW)
    assert list(helper.lines.all()) == [adults]


def test_an_administrator_says_which_languages_a_helper_writes(trainer: Helper) -> None:
    assert HelperForm().get_initial_for_field(HelperForm.base_fields["languages"], "languages") == ["fi"]
    form = form_for(trainer, role="trainer", languages=["sv", "fi"])
    assert form.is_valid(), form.errors
    assert form.save().languages == ["sv", "fi"]
    assert "languages" in form_for(trainer, role="trainer", languages=[]).errors
    assert "languages" in form_for(trainer, role="trainer", languages=["de"]).errors


@pytest.mark.parametrize(
    "address", ["professional@example.org", "Professional@example.org", "PROFESSIONAL@EXAMPLE.ORG"]
)
def test_an_address_has_one_account_however_it_is_capitalised(professional: Helper, address: str) -> None:
    assert professional.email == "professional@example.org"
    with override("en"):
        errors = form_for(email=address, role="trainer", new_password=NEW).errors
        assert errors == {"email": ["There is an account with this address."]}


def test_an_account_may_change_how_its_own_address_is_capitalised(trainer: Helper) -> None:
    form = form_for(trainer, email="Trainer@example.org", role="trainer")
    assert form.is_valid(), form.errors
    assert form.save().email == "Trainer@example.org"


@pytest.mark.mission("M22")
def test_a_peer_is_never_given_the_childrens_line(young: Line) -> None:
    assert "lines" in form_for(role="peer", alias="Venla", lines=[young.pk], new_password=NEW).errors


def test_a_new_account_has_a_strong_password(adults: Line) -> None:
    assert "new_password" in form_for(role="trainer", lines=[adults.pk]).errors
    assert "new_password" in form_for(role="trainer", new_password="short").errors


def test_an_account_keeps_its_password_when_none_is_given(trainer: Helper) -> None:
    before = trainer.password
    form = form_for(trainer, role="trainer")
    assert form.is_valid(), form.errors
    assert form.save().password == before


def test_the_admin_is_behind_the_one_sign_in(client: Client) -> None:
    response = client.get("/admin/people/helper/", secure=True, follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/login/?next=/admin/people/helper/"


def test_an_administrator_who_has_signed_in_is_let_in(client: Client, administrator: Helper) -> None:
    client.force_login(administrator)
    response = client.get("/en/admin/login/", secure=True)
    assert response.headers["Location"] == "/en/admin/"


def test_who_may_not_open_it_is_sent_to_the_console(client: Client, professional: Helper) -> None:
    client.force_login(professional)
    response = client.get("/admin/people/helper/", secure=True, follow=True)
    assert response.redirect_chain[-1][0] == "/console/"


def test_an_administrator_finds_helpers_and_lines_and_no_talk(client: Client, administrator: Helper) -> None:
    client.force_login(administrator)
    response = client.get("/en/admin/", secure=True)
    page = response.content.decode()
    assert "/en/admin/people/helper/" in page
    assert "/en/admin/lines/line/" in page
    assert "conversations" not in page
    assert "trusted-types" not in response.headers[CSP]
    assert client.get("/en/admin/people/helper/add/", secure=True).status_code == 200
