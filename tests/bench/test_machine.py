"""What the bench asks of the machine."""

import os

import pytest

from bench import machine


def test_two_cores_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {3, 1, 2})
    assert machine.two_cores() == machine.Cores(server=1, driver=2)


def test_one_core_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0})
    with pytest.raises(machine.Unfit, match="One core only"):
        machine.two_cores()


def test_a_process_is_asked_what_it_has_used() -> None:
    assert machine.cpu_seconds(os.getpid()) > 0
    assert machine.resident_bytes(os.getpid()) > 1_000_000
