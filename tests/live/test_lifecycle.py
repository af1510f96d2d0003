"""The table of states: every cell, and the document that is drawn from it."""

import itertools
from pathlib import Path

import pytest

from suoja.lib.errors import ConversationGone, OutOfState, SuojaError
from suoja.live.lifecycle import TABLE, Act, State, diagram, next_state

CELLS = list(itertools.product(State, Act))
PROTOCOL_PAGE = Path(__file__).parents[2] / "docs" / "live-protocol.md"


@pytest.mark.parametrize(("state", "act"), CELLS)
def test_every_cell_leads_somewhere_or_refuses(state: State, act: Act) -> None:
    target = TABLE[state][act]
    if isinstance(target, State):
        assert next_state(state, act) is target
    else:
        assert issubclass(target, SuojaError)
        with pytest.raises(target):
            next_state(state, act)


@pytest.mark.mission("M12")
@pytest.mark.parametrize("state", [state for state in State if state is not State.ACTIVE])
@pytest.mark.parametrize("act", [Act.SAY, Act.KEY])
def test_nothing_is_said_or_sealed_outside_of_a_running_talk(state: State, act: Act) -> None:
    with pytest.raises((OutOfState, ConversationGone)):
        next_state(state, act)


@pytest.mark.parametrize("state", list(State))
def test_the_exit_never_leads_to_the_ending(state: State) -> None:
    assert TABLE[state][Act.EXIT] in (State.ABSENT, State.ENDED, ConversationGone)


def test_every_conversation_can_reach_its_end_and_be_gone() -> None:
    for state in State:
        seen = {state}
        for _ in State:
            seen |= {target for one in seen for target in TABLE[one].values() if isinstance(target, State)}
        assert State.ABSENT in seen


def test_nothing_leads_back_from_the_end() -> None:
    back = {target for act, target in TABLE[State.ENDED].items() if isinstance(target, State)}
    assert back == {State.ENDED, State.ABSENT}


def test_the_page_draws_this_table() -> None:
    assert diagram() in PROTOCOL_PAGE.read_text()
