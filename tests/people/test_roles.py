import pytest

from suoja.people.roles import ANSWERING, Role, has_app_permissions, has_permission, may_answer


@pytest.mark.mission("M22")
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("peers_may_answer", [True, False])
def test_who_may_answer_where(role: Role, *, peers_may_answer: bool) -> None:
    expected = role == Role.PROFESSIONAL or (role == Role.PEER and peers_may_answer)
    assert may_answer(role, peers_may_answer=peers_may_answer) is expected


def test_only_professionals_and_peers_hold_conversations() -> None:
    assert {Role.PROFESSIONAL, Role.PEER} == ANSWERING


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_nobody_but_an_administrator_edits_accounts_and_lines(role: Role) -> None:
    assert not has_permission(role, "people.change_helper")
    assert not has_app_permissions(role, "lines")


def test_an_administrator_edits_accounts_and_lines() -> None:
    assert has_permission(Role.ADMINISTRATOR, "people.change_helper")
    assert has_permission(Role.ADMINISTRATOR, "lines.add_line")
    assert has_app_permissions(Role.ADMINISTRATOR, "people")


@pytest.mark.mission("M12")
@pytest.mark.parametrize("verb", ["view", "add", "change", "delete"])
@pytest.mark.parametrize("model", ["conversation", "entry", "duty"])
def test_an_administrator_sees_no_conversation(verb: str, model: str) -> None:
    assert not has_permission(Role.ADMINISTRATOR, f"conversations.{verb}_{model}")
    assert not has_app_permissions(Role.ADMINISTRATOR, "conversations")
