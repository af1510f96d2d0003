"""The wire: one golden example of everything that travels, read here and by the browser's tests."""

import json
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from suoja.live import wire

GOLDEN = Path(__file__).parents[1] / "golden" / "wire"
ANSWERS: dict[str, Any] = {
    "open": wire.Opened,
    "resume": wire.Resumed,
    "read": wire.ReadAnswer,
    "say": wire.Numbers,
    "key": wire.Numbers,
    "end": wire.Numbers,
    "park": wire.Numbers,
    "on-duty": wire.DutyAnswer,
    "available": wire.DutyAnswer,
    "accept": wire.AcceptAnswer,
    "failure": wire.Failure,
}


def golden(name: str) -> dict[str, Any]:
    examples: dict[str, Any] = json.loads((GOLDEN / f"{name}.json").read_text())
    return examples


def round_trip(example: object, kind: object) -> object:
    decoded: object = msgspec.json.decode(json.dumps(example), type=kind)
    return json.loads(msgspec.json.encode(decoded))


def test_there_is_an_example_of_every_command() -> None:
    assert set(golden("commands")) == set(wire.COMMANDS)


def test_there_is_an_example_of_every_event() -> None:
    tags = {kind.__struct_config__.tag for kind in get_args(wire.AnyEvent)}
    assert set(golden("events")) == tags


@pytest.mark.parametrize("name", sorted(wire.COMMANDS))
def test_a_command_survives_the_round_trip(name: str) -> None:
    example = golden("commands")[name]
    assert round_trip(example, wire.COMMANDS[name]) == example


@pytest.mark.parametrize("name", sorted(golden("events")))
def test_an_event_survives_the_round_trip(name: str) -> None:
    example = golden("events")[name]
    assert round_trip(example, wire.AnyEvent) == example


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_an_answer_survives_the_round_trip(name: str) -> None:
    example = golden("answers")[name]
    assert round_trip(example, ANSWERS[name]) == example


@pytest.mark.parametrize("name", sorted(wire.COMMANDS))
def test_a_command_with_an_unknown_field_is_refused(name: str) -> None:
    example = golden("commands")[name] | {"surprise": 1}
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(json.dumps(example), type=wire.COMMANDS[name])
