import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from suoja.lines.models import Line


def test_a_line_is_named_in_the_language_of_the_page(adults: Line) -> None:
    for language, name in (("fi", "Apua väkivaltaan"), ("sv", "Hjälp mot våld"), ("en", "Help with violence")):
        with override(language):
            assert adults.name == name
            assert str(adults) == name


def test_a_line_says_for_whom_it_is(young: Line) -> None:
    with override("en"):
        assert young.audience.startswith("For you under 18")


@pytest.mark.mission("M22")
def test_a_new_line_is_not_for_peers_unless_said() -> None:
    assert not Line(code="new").peers_may_answer


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", "Adults", "a b", "1a", "../x"])
def test_a_code_is_plain(code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Line(code=code).full_clean()
    assert "code" in refused.value.message_dict
