import pytest

from suoja.commands.demo_data import DEMO_ACCOUNTS, PASSWORD, accounts_told, ensure_demo_accounts
from suoja.lines.models import Line
from suoja.people.models import Helper


def test_the_demo_has_the_accounts_that_it_promises(adults: Line, young: Line) -> None:
    ensure_demo_accounts()
    answering = {
        helper.email: list(helper.lines.all()) for helper in Helper.objects.all() if helper.may_take_conversations
    }
    assert answering == {
        "professional@example.org": [adults, young],
        "professional2@example.org": [adults, young],
        "peer@example.org": [adults],
    }
    assert all(helper.check_password(PASSWORD) for helper in Helper.objects.all())


@pytest.mark.usefixtures("lines")
def test_the_demo_answers_in_every_language() -> None:
    ensure_demo_accounts()
    assert {helper.email.partition("@")[0]: helper.languages for helper in Helper.objects.all()} == {
        "professional": ["fi", "sv", "en"],
        "professional2": ["fi", "en"],
        "peer": ["fi"],
        "coordinator": ["fi", "sv"],
        "contact": ["fi"],
    }


@pytest.mark.usefixtures("lines")
def test_a_second_start_changes_nobody() -> None:
    ensure_demo_accounts()
    Helper.objects.filter(email="peer@example.org").update(alias="Venla")
    ensure_demo_accounts()
    assert Helper.objects.get(email="peer@example.org").alias == "Venla"
    assert Helper.objects.count() == len(DEMO_ACCOUNTS)


def test_each_account_is_told_on_a_line() -> None:
    assert accounts_told()[0].split("  ")[1:] == ["professional@example.org", " professional, answers: adults, young"]
    assert len(accounts_told()) == len(DEMO_ACCOUNTS)


def test_it_says_which_accounts_can_only_sign_in() -> None:
    alone = [line.split()[0] for line in accounts_told() if "can only sign in" in line]
    assert alone == ["coordinator@example.org", "contact@example.org"]
