"""A conversation's life as data: in which state which act leads where, or is refused by which error.

One table; the rules ask it inside the committing transaction, docs/live-protocol.md draws it, and a test goes through
every cell. `ABSENT` is a conversation without a row: not yet opened, or gone. The outside can't tell which.
"""

from enum import StrEnum

from suoja.lib.errors import ConversationGone, OutOfState, SuojaError


class State(StrEnum):
    """Where a conversation stands. All but `ABSENT` are stored and travel under these words."""

    ABSENT = "absent"
    WAITING = "waiting"
    ACTIVE = "active"
    ENDING = "ending"
    ENDED = "ended"


class Act(StrEnum):
    """What can happen to a conversation."""

    OPEN = "open"
    ACCEPT = "accept"
    KEY = "key"
    SAY = "say"
    END = "end"
    EXIT = "exit"
    RESUME = "resume"  # a page of the visitor's was loaded anew
    REQUEUE = "requeue"  # its helper is lost, or has parked it
    LOSE = "lose"  # the visitor has been away for as long as anybody is waited for
    FINISH = "finish"  # both sides have everything, or two minutes have passed
    CLOSE = "close"
    EXPIRE = "expire"


Refusal = type[SuojaError]

TABLE: dict[State, dict[Act, State | Refusal]] = {
    State.ABSENT: {act: State.WAITING if act is Act.OPEN else ConversationGone for act in Act},
    State.WAITING: {
        Act.OPEN: OutOfState,
        Act.ACCEPT: State.ACTIVE,
        Act.KEY: OutOfState,  # there is nobody yet to seal to
        Act.SAY: OutOfState,  # and nobody who could read
        Act.END: State.ABSENT,  # leaving the queue leaves nothing to fetch, so nothing is kept
        Act.EXIT: State.ABSENT,
        Act.RESUME: State.WAITING,
        Act.REQUEUE: OutOfState,
        Act.LOSE: State.ABSENT,
        Act.FINISH: OutOfState,
        Act.CLOSE: OutOfState,
        Act.EXPIRE: State.ABSENT,
    },
    State.ACTIVE: {
        Act.OPEN: OutOfState,
        Act.ACCEPT: OutOfState,  # one winner: the second helper comes too late
        Act.KEY: State.ACTIVE,
        Act.SAY: State.ACTIVE,
        Act.END: State.ENDING,
        Act.EXIT: State.ENDED,  # the exit destroys at once
        Act.RESUME: State.ACTIVE,
        Act.REQUEUE: State.WAITING,  # with its log and its key: the next helper reads what was said
        Act.LOSE: State.ENDING,  # the helper reads to the end, and closes it
        Act.FINISH: OutOfState,
        Act.CLOSE: OutOfState,
        Act.EXPIRE: State.ABSENT,
    },
    State.ENDING: {
        Act.OPEN: OutOfState,
        Act.ACCEPT: OutOfState,
        Act.KEY: OutOfState,
        Act.SAY: OutOfState,
        Act.END: State.ENDING,  # sent again, or by both at once: the same end
        Act.EXIT: State.ENDED,
        Act.RESUME: State.ENDING,
        Act.REQUEUE: OutOfState,
        Act.LOSE: OutOfState,
        Act.FINISH: State.ENDED,
        Act.CLOSE: OutOfState,
        Act.EXPIRE: State.ABSENT,
    },
    State.ENDED: {
        Act.OPEN: OutOfState,
        Act.ACCEPT: OutOfState,
        Act.KEY: ConversationGone,
        Act.SAY: ConversationGone,
        Act.END: ConversationGone,
        Act.EXIT: State.ENDED,
        Act.RESUME: ConversationGone,
        Act.REQUEUE: ConversationGone,
        Act.LOSE: OutOfState,
        Act.FINISH: OutOfState,
        Act.CLOSE: State.ABSENT,
        Act.EXPIRE: State.ABSENT,
    },
}


def next_state(state: State, act: Act) -> State:
    """Return the state that an act leads to.

    Raises the error by which the table refuses it.
    """
    target = TABLE[state][act]
    if isinstance(target, State):
        return target
    raise target


def diagram() -> str:
    """Return the table's moves as a Mermaid state diagram, as it stands in docs/live-protocol.md."""
    moves: dict[tuple[State, State], list[Act]] = {}
    for state, row in TABLE.items():
        for act, target in row.items():
            if isinstance(target, State):
                moves.setdefault((state, target), []).append(act)
    lines = [f"    {_drawn(a)} --> {_drawn(b)}: {', '.join(acts)}" for (a, b), acts in moves.items()]
    return "\n".join(["stateDiagram-v2", *lines])


def _drawn(state: State) -> str:
    return "[*]" if state is State.ABSENT else state.value
