import pytest
from django.utils.translation import override

from suoja.people.forms import SignInForm


@pytest.mark.parametrize(("language", "labels"), [("fi", ["Sähköposti", "Salasana"]), ("en", ["Email", "Password"])])
def test_the_fields_are_named_in_the_language_of_the_page(language: str, labels: list[str]) -> None:
    with override(language):
        assert [str(field.label) for field in SignInForm()] == labels


@pytest.mark.safety(23)
def test_a_password_may_be_pasted_and_filled_in() -> None:
    assert 'autocomplete="current-password"' in str(SignInForm()["password"])
    assert "paste" not in SignInForm().as_p()
